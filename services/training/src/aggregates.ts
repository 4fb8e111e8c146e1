import { courseContracts, trainingContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import type { CommandPlan } from "@safar/service-kit";
import type { TrainingCommand } from "./domain/case/commands.ts";
import { decideTraining } from "./domain/case/decide.ts";
import { evolveTraining, initialTraining } from "./domain/case/state.ts";
import type { CourseCommand } from "./domain/course/commands.ts";
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

/** A command for a course. */
export const onCourse = (id: string, command: CourseCommand): CommandPlan => ({ aggregate: course, id, command });

/** A command for a case's training; the case's header makes the stream one of that case from its first event on. */
export const onTrainingCase = (caseId: string, command: TrainingCommand, destination?: string): CommandPlan => ({
  aggregate: trainingCase,
  id: caseId,
  command,
  header: { caseId, ...(destination === undefined ? {} : { destination }) },
});
