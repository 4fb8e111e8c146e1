/*
 * The store keeps bytes and a type, the protocol a content type besides. Where that is JSON, the stored type ends with
 * a character that no type has; what Safar appends is octets, and is stored as it is.
 */
const JSON_MARK = "\u001f";
const JSON_CONTENT = "application/json";

/** EventStoreDB knows JSON and everything else; so do we. */
export const storedTypeOf = (type: string, contentType: string): string =>
  contentType === JSON_CONTENT ? type + JSON_MARK : type;

export const typeAndContent = (storedType: string): { readonly type: string; readonly contentType: string } =>
  storedType.endsWith(JSON_MARK)
    ? { type: storedType.slice(0, -1), contentType: JSON_CONTENT }
    : { type: storedType, contentType: "application/octet-stream" };
