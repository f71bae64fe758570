import { element } from "./element.ts";

export interface Question {
  title: string;
  text: string;
  confirm: string;
  cancel: string;
}

/** A modal question; resolves to whether the merchant confirmed. */
export function askMerchant(question: Question): Promise<boolean> {
  const dialog = element<HTMLDialogElement>("question");
  element("question-title").textContent = question.title;
  element("question-text").textContent = question.text;
  element("question-confirm").textContent = question.confirm;
  element("question-cancel").textContent = question.cancel;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "confirm"), {
      once: true,
    });
  });
}
