/** The names of an object's own fields: `Object.keys` gives plain strings, since an object may have more than its type. */
export const fieldNames = <Values extends object>(values: Values): (keyof Values & string)[] => {
  const names: (keyof Values & string)[] = [];
  for (const name in values) names.push(name);
  return names;
};

/** True where no field is undefined, which the compiler then knows. */
export const allDefined = <Values extends object>(
  values: Values,
): values is Values & { readonly [Name in keyof Values]: Exclude<Values[Name], undefined> } =>
  Object.values(values).every((value) => value !== undefined);

/** The same without the fields that are undefined: what is empty is left out, not stored as nothing. */
export const withoutUndefined = <Values extends object>(values: Values): Values => {
  const found = { ...values };
  for (const name of fieldNames(found)) if (found[name] === undefined) Reflect.deleteProperty(found, name);
  return found;
};
