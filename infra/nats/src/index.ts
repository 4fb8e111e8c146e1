export { makeSite, type Site, type SiteOptions } from "./make-site.ts";
