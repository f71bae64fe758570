/** What the server tells the frame's script, as JSON in the page. */
export interface FrameConfig {
  /** /store/NAME */
  storePath: string;
  /** /store/NAME/apps/partner-codes */
  appPath: string;
  appName: string;
  appOrigin: string;
  storeName: string;
  /** What `shopify.app.extensions()` answers. */
  extensions: unknown[];
}
