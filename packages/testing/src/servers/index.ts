export { postgresMissing, startPostgres, type PostgresOptions, type PostgresServer } from "./postgres.ts";
export { startS3, type S3Request, type S3Server } from "./s3/server.ts";
