import { courseContracts, trainingContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import { decideTraining } from "./domain/case/decide.ts";
import { evolveTraining, initialTraining } from "./domain/case/state.ts";
import { decideCourse } from "./domain/course/decide.ts";
import { evolveCourse, initialCourse } from "./domain/course/state.ts";

/** `training-<caseId>`: every course, certificate and orientation of one journey. */
export const trainingCase = defineAggregate({
  contracts: trainingContracts,
  decider: { initial: initialTraining, evolve: evolveTraining, decide: decideTraining },
  ofCase: true,
});

/** `course-<courseId>`: the seats of one course. */
export const course = defineAggregate({
  contracts: courseContracts,
  decider: { initial: initialCourse, evolve: evolveCourse, decide: decideCourse },
  ofCase: false,
});
