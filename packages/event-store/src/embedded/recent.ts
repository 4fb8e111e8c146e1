/** A map that forgets what has not been used for long; holds between `size` and twice `size` entries. */
export interface Recent<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  clear(): void;
}

/** Two generations: when the younger is full, the elder is dropped whole. No list to keep in order. */
export const createRecent = <Key, Value>(size: number): Recent<Key, Value> => {
  let younger = new Map<Key, Value>();
  let elder = new Map<Key, Value>();
  const set = (key: Key, value: Value): void => {
    younger.set(key, value);
    if (younger.size < size) return;
    elder = younger;
    younger = new Map();
  };
  return {
    get(key) {
      const value = younger.get(key);
      if (value !== undefined) return value;
      const old = elder.get(key);
      if (old !== undefined) set(key, old);
      return old;
    },
    set,
    clear() {
      younger = new Map();
      elder = new Map();
    },
  };
};
