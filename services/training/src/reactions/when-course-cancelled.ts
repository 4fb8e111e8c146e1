import { CourseCancelled, courseContracts, streamIdOf } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { course, onTrainingCase } from "../aggregates.ts";
import type { CourseState } from "../domain/course/state.ts";

/** Every case with a seat in it learns of it in its own stream. */
export const whenCourseCancelled = reaction({
  name: "when-course-cancelled",
  on: [{ category: courseContracts.category, contract: CourseCancelled }],
  async then(event, edge) {
    const courseId = streamIdOf(event.stream);
    const { state } = await edge.load<CourseState>(course, courseId);
    const byCase = Map.groupBy(Object.entries(state.seats), ([, caseId]) => caseId);
    return [...byCase].map(([caseId, seats]) =>
      onTrainingCase(caseId, {
        type: "ReleaseEnrolmentsOfCourse",
        courseId,
        enrolmentIds: seats.map(([enrolmentId]) => enrolmentId),
        reason: "course-cancelled",
      }),
    );
  },
});
