import { readdirSync, readFileSync } from "node:fs";
import { parse, parseAllDocuments } from "yaml";
import { services } from "@safar/single-node";

/** What Kubernetes and Compose are told, as it stands in the files. */

export const infra = new URL("../../../", import.meta.url);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever stands in a file
export type Manifest = any;

export const manifests: readonly Manifest[] = readdirSync(new URL("kubernetes/", infra))
  .filter((name) => name.endsWith(".yaml"))
  .flatMap((name) => {
    const text = readFileSync(new URL(`kubernetes/${name}`, infra), "utf8");
    return parseAllDocuments(text).map((document) => {
      if (document.errors.length > 0) throw new Error(`${name} is no YAML: ${String(document.errors[0])}`);
      return document.toJS();
    });
  });
const composeAt = (name: string): Manifest => parse(readFileSync(new URL(name, infra), "utf8"), { merge: true });
export const compose = composeAt("compose.yaml");
export const three = composeAt("compose.three.yaml");
export const workloads = manifests.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
export const names = services.map(({ name }) => name);
