import { readFileSync } from "node:fs";
import { Hono } from "hono";
import { originOf, type HttpEnv } from "../rest/http-env";

const SCRIPT = readFileSync(new URL("./core.js", import.meta.url), "utf8");

/** PayPal's v6 browser script, under the path that its loader looks for. Any query is accepted and ignored. */
export function sdkRoutes(): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  routes.get("/web-sdk/v6/core", (c) => {
    const script = SCRIPT.replace('"__SIMULATOR_ORIGIN__"', JSON.stringify(originOf(c)));
    return c.body(script, 200, {
      "content-type": "text/javascript;charset=utf-8",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "no-cache",
    });
  });
  return routes;
}
