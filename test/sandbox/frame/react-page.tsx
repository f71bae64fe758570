import { Modal, NavMenu, SaveBar, TitleBar, useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

/** Shopify's own React components on the stand-in, with a router that listens as AppProvider does. */
function ReactPage() {
  const shopify = useAppBridge();
  const [path, setPath] = useState("/app");
  const [isDirty, setDirty] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [answers, setAnswers] = useState(0);

  useEffect(() => {
    const follow = (event: Event) => {
      const href = (event.target as Element).getAttribute("href") ?? "";
      window.history.pushState(null, "", href);
      setPath(href);
    };
    window.addEventListener("shopify:navigate", follow);
    return () => window.removeEventListener("shopify:navigate", follow);
  }, []);

  const save = () => {
    setDirty(false);
    shopify.toast.show("Saved by React");
  };
  return (
    <>
      <NavMenu>
        <a href="/app" rel="home">
          Home
        </a>
        <a href="/app/codes">Codes</a>
      </NavMenu>
      <TitleBar title={`React ${path}`}>
        <button variant="primary" onClick={() => setAsking(true)}>
          Ask
        </button>
        <button onClick={() => setDirty(true)}>Edit</button>
      </TitleBar>
      <SaveBar open={isDirty}>
        <button variant="primary" onClick={save}></button>
        <button onClick={() => setDirty(false)}></button>
      </SaveBar>
      <Modal open={isAsking} onHide={() => setAsking(false)}>
        <p>Asked {answers} times</p>
        <button onClick={() => setAnswers(answers + 1)}>Count</button>
        <TitleBar title="A question">
          <button variant="primary" onClick={() => setAsking(false)}>
            Done
          </button>
        </TitleBar>
      </Modal>
      <h1>{isAsking ? "asking" : "not asking"}</h1>
    </>
  );
}

createRoot(document.body.appendChild(document.createElement("div"))).render(<ReactPage />);
