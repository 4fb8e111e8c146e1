import t from "tap";
import { flight, givenGroup, id, type TravelGroupFact } from "./support/given.ts";

const group = { ...flight, destination: "DE", places: 2 };
const formed: TravelGroupFact = { type: "TravelGroupFormed", data: group };
const taken = (n: number): TravelGroupFact => ({
  type: "GroupPlaceReserved",
  data: { ticketId: id(n), caseId: id(100 + n) },
});
const cancelled: TravelGroupFact = { type: "GroupFlightCancelled", data: { reason: "weather" } };
const reserve = (n: number) => ({ type: "ReservePlace", ticketId: id(n), caseId: id(100 + n) }) as const;
const release = (n: number) =>
  ({ type: "ReleasePlace", ticketId: id(n), caseId: id(100 + n), reason: "candidate-withdrew" }) as const;
const cancel = { type: "CancelGroupFlight", reason: "weather" } as const;

t.test("a group takes as many people as it has places, and not one more", async (t) => {
  t.same(givenGroup(formed, taken(1)).when(reserve(2)), ["GroupPlaceReserved"]);
  t.equal(givenGroup(formed, taken(1), taken(2)).when(reserve(3)), "travel-group-full");
  t.equal(givenGroup(formed, taken(1)).when(reserve(1)), "already-done");
});

t.test("a place that was given back is free again", async (t) => {
  t.same(givenGroup(formed, taken(1)).when(release(1)), ["GroupPlaceReleased"]);
  const released: TravelGroupFact = {
    type: "GroupPlaceReleased",
    data: { ticketId: id(1), caseId: id(101), reason: "candidate-withdrew" },
  };
  t.same(givenGroup(formed, taken(1), taken(2), released).when(reserve(3)), ["GroupPlaceReserved"]);
  t.equal(givenGroup(formed).when(release(1)), "already-done");
});

t.test("a group whose flight was cancelled takes nobody", async (t) => {
  t.same(givenGroup(formed).when(cancel), ["GroupFlightCancelled"]);
  t.equal(givenGroup(formed, cancelled).when(cancel), "already-done");
  t.equal(givenGroup(formed, cancelled).when(reserve(1)), "travel-group-cancelled");
});

t.test("nothing happens to a group that was never formed, and none is formed twice", async (t) => {
  t.same(givenGroup().when({ type: "FormTravelGroup", group }), ["TravelGroupFormed"]);
  t.equal(givenGroup(formed).when({ type: "FormTravelGroup", group }), "already-done");
  t.equal(givenGroup().when(reserve(1)), "travel-group-not-found");
  t.equal(givenGroup().when(cancel), "travel-group-not-found");
});
