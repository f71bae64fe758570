/** What the App Bridge stand-in (in the iframe) and the admin frame say to each other. */

export interface BarButton {
  /** Told back in `press`. */
  id: string;
  label: string;
  disabled: boolean;
  loading: boolean;
  critical: boolean;
}

export interface TitleBar {
  title: string;
  breadcrumb: BarButton | null;
  primary: BarButton | null;
  secondary: BarButton[];
}

export interface SaveBar {
  save: BarButton | null;
  discard: BarButton | null;
  /** Ask before discarding. */
  discardConfirmation: boolean;
}

export interface NavItem {
  label: string;
  href: string;
}

export interface Toast {
  id: string;
  message: string;
  isError: boolean;
  durationMs: number;
  action: string | null;
}

/** Questions that the frame answers. */
export type FrameMethod =
  | "idToken"
  | "leaveConfirmation"
  | "resourcePicker"
  | "scopes"
  | "requestScopes"
  | "extensions"
  | "user";

export type ToFrame =
  | { kind: "call"; id: string; method: FrameMethod; argument: unknown }
  | { kind: "location"; path: string; title: string }
  | { kind: "nav"; items: NavItem[] }
  | { kind: "titleBar"; bar: TitleBar | null }
  | { kind: "saveBar"; bar: SaveBar | null }
  | { kind: "toast"; toast: Toast }
  | { kind: "hideToast"; id: string }
  | { kind: "loading"; on: boolean }
  | { kind: "adminPath"; path: string; newTab: boolean };

export type ToApp =
  | { kind: "answer"; id: string; value: unknown }
  | { kind: "press"; button: string }
  | { kind: "navigate"; href: string }
  | { kind: "toastEvent"; id: string; event: "action" | "dismiss" };

/** Keeps these messages apart from whatever else a page may post. */
export interface Envelope<Message> {
  partnerCodesFrame: Message;
}

export function envelope<Message>(message: Message): Envelope<Message> {
  return { partnerCodesFrame: message };
}

export function opened<Message>(data: unknown): Message | null {
  if (typeof data !== "object" || data === null || !("partnerCodesFrame" in data)) return null;
  return data.partnerCodesFrame as Message;
}
