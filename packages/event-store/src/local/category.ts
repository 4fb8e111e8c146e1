import type { CategoryFilter } from "../port.ts";

/** Categories of one filter: the embedded log merges so many indexes at once. The system has some forty. */
export const MAX_FILTER_CATEGORIES = 100;

/** The part of a stream's name before its first dash; a stream without a dash belongs to no category. */
export const categoryOf = (stream: string): string | undefined => {
  const dash = stream.indexOf("-");
  return dash === -1 ? undefined : stream.slice(0, dash);
};

/** @throws RangeError for a filter of too many categories. */
export const checkFilter = (filter: CategoryFilter | undefined): void => {
  const categories = filter?.categories.length ?? 0;
  if (categories <= MAX_FILTER_CATEGORIES) return;
  throw new RangeError(`the filter has ${categories} categories, ${MAX_FILTER_CATEGORIES} are allowed`);
};

/** Tells whether a category passes; without a filter all do. */
export const categoryTest = (filter: CategoryFilter | undefined): ((category: string | undefined) => boolean) => {
  if (filter === undefined) return () => true;
  const categories = new Set(filter.categories);
  return (category) => category !== undefined && categories.has(category);
};
