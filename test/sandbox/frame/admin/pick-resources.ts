import { element } from "./element.ts";

export interface PickableProduct {
  id: string;
  title: string;
  handle: string;
  vendor: string;
  productType: string;
  variants: { id: string; title: string; displayName: string; sku: string | null; price: string }[];
}

interface Choice {
  label: string;
  resource: { id: string };
}

interface PickerOptions {
  type: "product" | "variant" | "collection";
  multiple?: boolean | number;
  selectionIds?: { id: string }[];
}

/** `shopify.resourcePicker`: the chosen resources, or undefined when the merchant cancels. */
export async function pickResources(argument: unknown, storePath: string): Promise<unknown> {
  const options = argument as PickerOptions;
  const offered = await choices(options.type, storePath);

  const dialog = element<HTMLDialogElement>("picker");
  element("picker-title").textContent = `Select ${options.type}s`;
  const inputs = offered.map((choice) => choiceInput(choice, options));
  element("picker-list").replaceChildren(...inputs.map((input) => input.label));
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue !== "select") return undefined;
  return inputs.filter(({ box }) => box.checked).map(({ choice }) => choice.resource);
}

async function choices(type: PickerOptions["type"], storePath: string): Promise<Choice[]> {
  const kind = type === "collection" ? "collections" : "products";
  const response = await fetch(`${storePath}/${kind}.json`);
  const listed: unknown = await response.json();
  if (type !== "variant") {
    const resources = listed as { id: string; title: string }[];
    return resources.map((resource) => ({ label: resource.title, resource }));
  }
  return (listed as PickableProduct[]).flatMap((product) =>
    product.variants.map((variant) => ({ label: variant.displayName, resource: variant })),
  );
}

function choiceInput(choice: Choice, options: PickerOptions) {
  const box = document.createElement("input");
  box.type = options.multiple ? "checkbox" : "radio";
  box.name = "resource";
  box.checked = options.selectionIds?.some(({ id }) => id === choice.resource.id) ?? false;
  const label = document.createElement("label");
  label.append(box, choice.label);
  return { box, label, choice };
}
