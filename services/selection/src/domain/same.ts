/** Whether two plain values (as JSON has them) say the same; a field that is absent and one that is undefined are one. */
export const isSame = (left: unknown, right: unknown): boolean => {
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  const [ours, theirs] = [new Map(Object.entries(left)), new Map(Object.entries(right))];
  return [...new Set([...ours.keys(), ...theirs.keys()])].every((key) => isSame(ours.get(key), theirs.get(key)));
};
