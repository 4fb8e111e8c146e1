import type { TrainingTrack } from "@safar/contracts";
import { idFromTransaction } from "@safar/kernel";
import { command, ProblemError, type FieldError } from "@safar/service-kit";
import { onCourse } from "../aggregates.ts";
import type { CourseOffer } from "../domain/course/commands.ts";
import { completionBody, offerBody, reasonBody, startBody } from "./bodies.ts";

/** What a track cannot be taught without. */
const NEEDED: Readonly<Record<TrainingTrack, readonly (keyof CourseOffer)[]>> = {
  trade: ["isco"],
  language: ["language", "cefr"],
  orientation: ["destination"],
  softSkills: [],
};

const missingFields = (offer: CourseOffer): readonly FieldError[] =>
  offer.tracks
    .flatMap((track) => NEEDED[track])
    .filter((field) => offer[field] === undefined)
    .map((field) => ({ pointer: `/${field}`, code: "required" }));

const offerCourse = command({
  name: "OfferCourse",
  path: "/courses",
  summary: "Offer a course: what it teaches, for whom and how many seats it has",
  body: offerBody,
  creates: true,
  to: ({ body, edge }) => {
    const errors = missingFields(body);
    if (errors.length > 0) throw new ProblemError("invalid-request", { errors });
    const offer = { ...body, tracks: [...new Set(body.tracks)] };
    return {
      ...onCourse(idFromTransaction(edge.transactionId, "course"), { type: "OfferCourse", offer }),
      ...(body.destination === undefined ? {} : { header: { destination: body.destination } }),
    };
  },
});

const startCourse = command({
  name: "StartCourse",
  path: "/courses/:id/starts",
  summary: "Record that a course has begun",
  body: startBody,
  to: ({ params, body, edge }) =>
    onCourse(params.id, {
      type: "StartCourse",
      startedOn: body.startedOn ?? edge.today,
      effectiveAt: body.effectiveAt,
    }),
});

const completeCourse = command({
  name: "CompleteCourse",
  path: "/courses/:id/completions",
  summary: "Record that a course is over; it takes nobody any more",
  body: completionBody,
  to: ({ params, body, edge }) =>
    onCourse(params.id, {
      type: "CompleteCourse",
      completedOn: body.completedOn ?? edge.today,
      effectiveAt: body.effectiveAt,
    }),
});

const cancelCourse = command({
  name: "CancelCourse",
  path: "/courses/:id/cancellations",
  summary: "Cancel a course; every enrolment in it is cancelled too",
  body: reasonBody,
  to: ({ params, body }) => onCourse(params.id, { type: "CancelCourse", reason: body.reason }),
});

export const courseCommands = [offerCourse, startCourse, completeCourse, cancelCourse];
