export { freePort } from "./free-port.ts";
export { checkNatsConfiguration, natsProcess, natsVersion, type NatsProcess } from "./nats.ts";
export { postgresMissing, startPostgres, type PostgresOptions, type PostgresServer } from "./postgres.ts";
export { startS3, type S3Request, type S3Server } from "./s3/server.ts";
