import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A certificate authority for development, and certificates that it signs, made with openssl. Its key lies beside it:
 * it is for a machine of one's own, and says so in its name.
 */

const DAYS = "825";
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

const openssl = (...args: readonly string[]): void => {
  execFileSync("openssl", [...args], { stdio: ["ignore", "ignore", "pipe"] });
};

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

const filesOf = (folder: string, name: string): CertificateFiles => ({
  cert: join(folder, `${name}.pem`),
  key: join(folder, `${name}-key.pem`),
});

/** Makes the authority in a folder, unless it is there; gives its certificate's path. */
export const makeAuthority = (folder: string): string => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { cert, key } = filesOf(folder, "ca");
  if (existsSync(cert)) return cert;
  const names = ["-subj", "/CN=Safar development CA, not for production"];
  openssl("req", "-x509", ...KEY, "-days", DAYS, ...names, "-keyout", key, "-out", cert);
  return cert;
};

/** @param hosts names and addresses of a server; none for a client */
export const makeCertificate = (folder: string, name: string, hosts: readonly string[]): CertificateFiles => {
  const { cert, key } = filesOf(folder, name);
  const ca = filesOf(folder, "ca");
  const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
  const alternatives = hosts.map((host) => (/^[\d.]+$|:/.test(host) ? `IP:${host}` : `DNS:${host}`));
  const usage = hosts.length > 0 ? "serverAuth,clientAuth" : "clientAuth";
  const lines = [
    `extendedKeyUsage=${usage}`,
    ...(alternatives.length > 0 ? [`subjectAltName=${alternatives.join(",")}`] : []),
  ];
  writeFileSync(extensions, `${lines.join("\n")}\n`);
  openssl("req", "-new", ...KEY, "-subj", `/CN=${name}`, "-keyout", key, "-out", request);
  const signing = ["-CA", ca.cert, "-CAkey", ca.key, "-CAcreateserial", "-days", DAYS, "-extfile", extensions];
  openssl("x509", "-req", "-in", request, ...signing, "-out", cert);
  return { cert, key };
};
