import { Banner } from "@shopify/polaris";

interface Props {
  title: string;
  see: { content: string; url: string };
  another: { content: string; url: string };
}

/** In place of a form that was sent before, and would make nothing now. */
export function MadeAlreadyBanner({ title, see, another }: Props) {
  return (
    <Banner tone="info" title={title} action={see} secondaryAction={another}>
      <p>
        This form was sent and got through, even if its answer was lost. Sent again it would make
        nothing.
      </p>
    </Banner>
  );
}
