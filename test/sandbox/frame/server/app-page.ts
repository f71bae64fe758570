import type { FrameConfig } from "#test/sandbox/frame/admin/frame-config.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { appIcon } from "./admin-shell.ts";

/** The app in its iframe, with everything the frame draws for it. */
export function appPage(config: FrameConfig, iframeUrl: string): Html {
  // "<" is escaped so that no value can end the script element.
  const json = { markup: JSON.stringify(config).replaceAll("<", "\\u003c") };
  return html`<main>
    <div class="loading" id="loading" role="progressbar" aria-label="Loading" hidden></div>
    <div class="title-bar">
      ${appIcon(config.appName)}
      <span id="title-bar-breadcrumb"></span>
      <h1 id="title-bar-title">${config.appName}</h1>
      <div id="title-bar-actions"></div>
    </div>
    <iframe
      id="app-iframe"
      name="app-iframe"
      title="${config.appName}"
      allow="clipboard-write"
      data-src="${iframeUrl}"
    ></iframe>
    <div class="toasts" id="toasts" role="status" aria-live="polite"></div>
    <dialog id="question" aria-labelledby="question-title">
      <form method="dialog">
        <h2 id="question-title"></h2>
        <p id="question-text"></p>
        <footer>
          <button class="action" id="question-cancel" value="cancel"></button>
          <button class="action primary" id="question-confirm" value="confirm"></button>
        </footer>
      </form>
    </dialog>
    <dialog id="picker" aria-labelledby="picker-title">
      <form method="dialog">
        <h2 id="picker-title"></h2>
        <div class="choices" id="picker-list"></div>
        <footer>
          <button class="action" value="cancel">Cancel</button>
          <button class="action primary" value="select">Select</button>
        </footer>
      </form>
    </dialog>
    <script type="application/json" id="frame-config">
      ${json}
    </script>
    <script src="/admin-frame.js"></script>
  </main>`;
}
