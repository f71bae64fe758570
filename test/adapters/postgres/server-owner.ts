import { startEmbeddedServer } from "#app/adapters/postgres/embedded-server.ts";

// A process of its own that starts the database of the folder it is given and stops it at SIGTERM.
const server = await startEmbeddedServer(process.argv[2] ?? "");
process.once("SIGTERM", () => {
  void server.stop().then(() => process.exit(0));
});
process.stdout.write(`${server.connectionString}\n`);
setInterval(() => undefined, 60_000);
