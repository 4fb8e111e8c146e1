import { readFileSync } from "node:fs";
import { writeDefaultAccess } from "@safar/event-store/eventstoredb";

/* Writes the server's default access list, as an administrator. Started by make-users.sh. */

const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
};

const ca = process.env["CA"];
await writeDefaultAccess({
  server: new URL(setting("EVENTSTORE")),
  password: readFileSync(setting("ADMIN_PASSWORD_FILE"), "utf8").trim(),
  caFile: ca === "" ? undefined : ca,
});
