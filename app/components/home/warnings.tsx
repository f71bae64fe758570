import { overdueText } from "../files/file-words.ts";
import type { HomeView } from "./home-view.server.ts";
import { Warning } from "./warning.tsx";

type Props = Pick<
  HomeView,
  "impactWaits" | "unregistered" | "isProgramChosen" | "problems" | "differences" | "overdueFiles"
>;

/** What costs partners money until the merchant looks at it. */
export function Warnings(props: Props) {
  const { impactWaits, unregistered, isProgramChosen, problems, differences, overdueFiles } = props;
  return (
    <>
      {impactWaits.map(({ need, headline, button, text }) => (
        <Warning key={need} tone="critical" headline={headline} button={button} url="/app/impact">
          {text}
        </Warning>
      ))}
      {unregistered > 0 && <Unregistered count={unregistered} isProgramChosen={isProgramChosen} />}
      {overdueFiles.map((file) => (
        <Warning
          key={file.id}
          tone="critical"
          headline={overdueText(file)}
          button="See the file"
          url={`/app/files/${file.id}`}
        >
          Their orders wait. Upload the file at impact.com, or have its codes registered one by one.
        </Warning>
      ))}
      {problems > 0 && (
        <Warning
          tone="critical"
          headline={`${many(problems, "problem needs", "problems need")} you.`}
          button="See problems"
          url="/app/problems"
        >
          Each says what happened and what you can do about it. Everything else goes on by itself.
        </Warning>
      )}
      {differences > 0 && (
        <Warning
          tone="warning"
          headline={`${many(differences, "difference", "differences")} between Shopify, impact.com and your codes here.`}
          button="See differences"
          url="/app/codes/differences"
        >
          Each says what differs, and one click repairs it.
        </Warning>
      )}
    </>
  );
}

function Unregistered({ count, isProgramChosen }: { count: number; isProgramChosen: boolean }) {
  const verb = count === 1 ? "earns" : "earn";
  const headline = `${many(count, "code", "codes")} live in Shopify ${verb} nobody yet.`;
  if (!isProgramChosen) {
    return (
      <Warning tone="warning" headline={headline} button="Set up impact.com" url="/app/impact">
        Customers can use them, but no impact.com program is chosen. Their orders wait until you
        choose one.
      </Warning>
    );
  }
  return (
    <Warning tone="warning" headline={headline} button="See codes" url="/app/discounts">
      Customers can use them, but they are not registered at impact.com yet. Their orders wait until
      they are.
    </Warning>
  );
}

function many(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
