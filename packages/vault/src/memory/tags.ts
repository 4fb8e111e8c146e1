/** Which person bears which tags (hex), and who bears a tag: a search costs what it finds, however many persons there are. */
export interface Tags {
  replace(person: string, tags: readonly string[]): void;
  erase(person: string): void;
  /** Who bears all of them; no tags match nobody. */
  bearersOf(tags: readonly string[]): readonly string[];
}

export const createTags = (): Tags => {
  const tagsOf = new Map<string, ReadonlySet<string>>();
  const bearers = new Map<string, Set<string>>();

  const erase = (person: string): void => {
    for (const tag of tagsOf.get(person) ?? []) {
      const others = bearers.get(tag);
      others?.delete(person);
      if (others?.size === 0) bearers.delete(tag);
    }
    tagsOf.delete(person);
  };
  return {
    erase,
    replace(person, tags) {
      erase(person);
      tagsOf.set(person, new Set(tags));
      for (const tag of new Set(tags)) bearers.set(tag, (bearers.get(tag) ?? new Set()).add(person));
    },
    bearersOf(tags) {
      const [fewest] = tags.map((tag) => bearers.get(tag) ?? new Set<string>()).sort((a, b) => a.size - b.size);
      return [...(fewest ?? [])].filter((person) => tags.every((tag) => bearers.get(tag)?.has(person)));
    },
  };
};
