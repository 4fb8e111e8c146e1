import { EventEmitter } from "node:events";

/** The server's side of a websocket without a wire: frames arrive in order, a while later, or not at all. */
export const createSocket = (deliver: (text: string) => Promise<void>, onClosed: () => void) => {
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    send(text: string, sent: () => void) {
      socket.bufferedAmount += text.length;
      void deliver(text).then(() => {
        socket.bufferedAmount -= text.length;
        sent();
      });
    },
    close() {
      if (socket.readyState !== socket.OPEN) return;
      socket.readyState = 3;
      socket.emit("close");
      onClosed();
    },
  });
  return socket;
};
