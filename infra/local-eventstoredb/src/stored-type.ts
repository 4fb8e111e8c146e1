/*
 * The store keeps bytes and a type, the protocol a content type besides. What is not JSON has it written behind the
 * type, after a character that no type of ours has.
 */
const SEPARATOR = "\u001f";
export const JSON_CONTENT = "application/json";
export const BINARY_CONTENT = "application/octet-stream";

/** EventStoreDB knows JSON and everything else; so do we. */
export const storedTypeOf = (type: string, contentType: string): string =>
  contentType === JSON_CONTENT ? type : `${type}${SEPARATOR}binary`;

export const typeAndContent = (storedType: string): { readonly type: string; readonly contentType: string } => {
  const end = storedType.indexOf(SEPARATOR);
  return end === -1
    ? { type: storedType, contentType: JSON_CONTENT }
    : { type: storedType.slice(0, end), contentType: BINARY_CONTENT };
};
