import {
  json,
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  type ShouldRevalidateFunction,
} from "@remix-run/react";
import { explainUnanswered, isConnectionLost } from "./explain-failure.ts";
import { tellLostAnswer } from "./lost-answer.ts";

const UNANSWERED = 504;

/**
 * Every route with an action exports it: a form that gets no answer keeps its page, with all that was
 * typed and the key it was sent with, and a banner says so. The page's action data is null then.
 */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  tellLostAnswer(null);
  try {
    return await serverAction();
  } catch (error) {
    const sentence = request.signal.aborted ? null : await explainUnanswered(error);
    if (sentence === null) throw error;
    tellLostAnswer(sentence);
    return json(null, { status: UNANSWERED });
  }
}

/** Nothing is read anew after a form that got no answer: that would fail too, and take the page away. */
export const shouldRevalidate: ShouldRevalidateFunction = (args) =>
  !isUnanswered(args) && args.defaultShouldRevalidate;

export function isUnanswered({ actionStatus }: { actionStatus?: number }): boolean {
  return actionStatus === UNANSWERED;
}

/** What a form asks of the server while somebody types; without a connection, what stands in for the answer. */
export async function loadOr<Answer>(
  { request, serverLoader }: ClientLoaderFunctionArgs,
  standIn: Answer,
): Promise<Answer> {
  try {
    return (await serverLoader()) as Answer;
  } catch (error) {
    if (request.signal.aborted || !isConnectionLost(error)) throw error;
    return standIn;
  }
}
