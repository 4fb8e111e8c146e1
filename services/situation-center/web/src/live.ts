import { useEffect, useRef, useState } from "react";
import type { WireEvent } from "@safar/contracts";
import type { Counter, LiveCase, ServerMessage } from "../../src/live/protocol.ts";

export interface Filter {
  readonly regions?: readonly string[];
  readonly destinations?: readonly string[];
  readonly services?: readonly string[];
}
/** As history and live stream show it; the data is always an object. */
export interface SafarEvent extends Omit<WireEvent, "data"> {
  readonly data: Readonly<Record<string, unknown>>;
}
type Message = ServerMessage | { readonly type: "events"; readonly events: readonly SafarEvent[] };

/** `refused`: the stream is there and gives nothing for now, as when the log is away and what is shown may be old. */
export type Status = "connecting" | "live" | "behind" | "refused" | "lost" | "unauthorised";

export interface LiveView {
  readonly status: Status;
  readonly counters: readonly Counter[];
  readonly cases: readonly LiveCase[];
  readonly more: boolean;
  readonly events: readonly SafarEvent[];
}

/** What the page keeps of the stream; older events are in the cases' histories. */
const MAX_FEED = 200;
/** Counters are asked for again at most this often while events come. */
const REFRESH_MS = 1500;
/** Pauses before it is tried again: to connect, or to subscribe after a refusal. */
const RETRY_MS = [500, 1000, 2000, 5000];
const pauseAfter = (attempt: number): number | undefined => RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)];

/** The server beats every 10 s; who was silent for so long hangs, or the way to it is cut without a word. */
const SILENCE_LIMIT_MS = 25_000;

const EMPTY: LiveView = { status: "connecting", counters: [], cases: [], more: false, events: [] };

/** The live stream: connects, resumes after a break, and keeps counters current. */
export const useLive = (filter: Filter, enabled: boolean): LiveView => {
  const [view, setView] = useState<LiveView>(EMPTY);
  const socketRef = useRef<WebSocket | undefined>(undefined);
  const filterRef = useRef(filter);
  filterRef.current = filter;

  useEffect(() => {
    if (!enabled) return;
    let attempt = 0;
    let refusals = 0;
    let isLogAway = false;
    let isOver = false;
    let refresh: number | undefined;
    let retry: number | undefined;
    let silence: number | undefined;

    const subscribe = (): void => {
      send({ type: "subscribe", id: "page", filter: filterRef.current });
    };
    const take = (message: Message): void => {
      if (message.type === "refused") {
        setView((old) => ({ ...old, status: "refused" }));
        window.clearTimeout(retry);
        retry = window.setTimeout(subscribe, pauseAfter(refusals));
        refusals += 1;
        return;
      }
      if (message.type === "heartbeat") {
        const wasAway = isLogAway;
        isLogAway = message.logUnavailable === true;
        if (isLogAway) setView((old) => ({ ...old, status: "refused" }));
        else if (wasAway) subscribe();
        return;
      }
      const current = isLogAway ? "refused" : "live";
      if (message.type === "snapshot") refusals = 0;
      if (message.type === "snapshot")
        setView((old) => ({
          ...old,
          status: current,
          counters: message.counters,
          cases: message.cases,
          more: message.more ?? false,
        }));
      if (message.type === "behind") setView((old) => ({ ...old, status: "behind" }));
      if (message.type === "caughtUp") setView((old) => ({ ...old, status: current }));
      if (message.type !== "events") return;
      setView((old) => ({ ...old, events: [...message.events.toReversed(), ...old.events].slice(0, MAX_FEED) }));
      refresh ??= window.setTimeout(() => {
        refresh = undefined;
        send({ type: "filter", id: "page", filter: filterRef.current });
      }, REFRESH_MS);
    };
    const send = (message: object): void => {
      if (socketRef.current?.readyState === WebSocket.OPEN) socketRef.current.send(JSON.stringify(message));
    };
    const connect = (): void => {
      const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/live`, "safar.v1");
      socketRef.current = socket;
      const listen = (): void => {
        window.clearTimeout(silence);
        silence = window.setTimeout(() => {
          // Its close would wait for the silent side's answer, so it counts as closed now.
          lose(0);
          socket.close();
        }, SILENCE_LIMIT_MS);
      };
      listen();
      socket.onopen = () => {
        attempt = 0;
        isLogAway = false;
        subscribe();
      };
      socket.onmessage = ({ data }) => {
        listen();
        take(JSON.parse(String(data)) as Message);
      };
      const lose = (code: number): void => {
        socket.onmessage = socket.onopen = socket.onclose = null;
        window.clearTimeout(silence);
        if (isOver) return;
        if (code === 4401 || code === 4403) return void setView((old) => ({ ...old, status: "unauthorised" }));
        setView((old) => ({ ...old, status: "lost" }));
        window.clearTimeout(retry);
        retry = window.setTimeout(connect, pauseAfter(attempt));
        attempt += 1;
      };
      socket.onclose = ({ code }) => {
        lose(code);
      };
    };
    connect();
    return () => {
      isOver = true;
      window.clearTimeout(refresh);
      window.clearTimeout(retry);
      window.clearTimeout(silence);
      socketRef.current?.close();
    };
  }, [enabled]);

  useEffect(() => {
    setView((old) => ({ ...old, events: [] }));
    if (socketRef.current?.readyState === WebSocket.OPEN)
      socketRef.current.send(JSON.stringify({ type: "filter", id: "page", filter }));
  }, [filter]);
  return view;
};
