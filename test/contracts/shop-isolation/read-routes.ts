import type { LoaderFunctionArgs } from "@remix-run/node";
import { NOT_OF_A_SHOP } from "./route-cases.ts";

export type RouteFunction = (args: LoaderFunctionArgs) => unknown;

export interface RouteModule {
  loader?: RouteFunction;
  action?: RouteFunction;
}

/** The files of app/routes that answer a signed-in shop; the app has to be loaded. */
export async function readRoutes(): Promise<[name: string, route: RouteModule][]> {
  const modules = import.meta.glob<RouteModule>("../../../app/routes/*.tsx");
  const named = Object.entries(modules).map(([file, load]) => [nameOf(file), load] as const);
  return Promise.all(
    named
      .filter(([name]) => !NOT_OF_A_SHOP.includes(name))
      .map(async ([name, load]): Promise<[string, RouteModule]> => [name, await load()]),
  );
}

function nameOf(file: string): string {
  return file.split("/").at(-1) ?? file;
}
