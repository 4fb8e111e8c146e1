import type { Role } from "./roles.ts";

const staff = ["registrar", "representative", "shift-lead"] as const satisfies readonly Role[];
const watchers = ["operator", "shift-lead", "auditor", "compliance"] as const satisfies readonly Role[];

/**
 * Who may do what: the one table. A key is the service's name and the command's or query's.
 * A command or query that has no row here does not start. Scopes stand in `roles.ts`.
 */
export const ACCESS = {
  registration: {
    RegisterCandidate: ["registrar", "agency", "representative", "candidate"],
    GrantConsent: ["registrar", "agency", "representative", "candidate"],
    WithdrawConsent: ["registrar", "agency", "representative", "candidate"],
    RequestIdentityVerification: ["registrar", "agency", "representative", "candidate"],
    VerifyIdentity: ["registrar", "representative"],
    RejectIdentity: ["registrar", "representative"],
    CorrectPersonDetails: ["registrar", "representative"],
    RenewPassport: ["registrar", "representative", "candidate"],
    PublishCv: ["registrar", "agency", "representative", "candidate"],
    DeclareInterest: ["registrar", "agency", "representative", "candidate"],
    DismissDuplicate: ["registrar", "compliance"],
    ConfirmDuplicate: ["registrar", "compliance"],
    UnmergeCase: ["compliance"],
    SuspendCase: ["registrar", "shift-lead", "compliance"],
    ResumeCase: ["registrar", "shift-lead", "compliance"],
    WithdrawCandidate: ["registrar", "agency", "representative", "candidate"],
    CloseCase: [...staff],
    ReopenCase: [...staff],
    SearchCases: [
      "registrar",
      "agency",
      "representative",
      "visa-officer",
      "departure-officer",
      "benefits-officer",
      ...watchers,
    ],
    ImportCandidates: ["registrar"],
    ReadCase: [
      "registrar",
      "agency",
      "representative",
      "candidate",
      "selector",
      "trainer",
      "visa-officer",
      "departure-officer",
      "insurer",
      "benefits-officer",
      ...watchers,
    ],
    ListCases: ["registrar", "agency", "representative", ...watchers],
  },
  training: {
    OfferCourse: ["trainer"],
    StartCourse: ["trainer"],
    CompleteCourse: ["trainer"],
    CancelCourse: ["trainer"],
    EnrolCandidate: ["trainer", "registrar", "agency", "representative", "candidate"],
    RecordAttendance: ["trainer"],
    RecordAssessment: ["trainer"],
    ScheduleRetake: ["trainer"],
    IssueCertificate: ["trainer"],
    CompleteOrientation: ["trainer", "representative"],
    CancelEnrolment: ["trainer", "registrar", "agency", "representative", "candidate"],
    Read_training: [
      "trainer",
      "registrar",
      "agency",
      "representative",
      "candidate",
      "selector",
      "visa-officer",
      "departure-officer",
      ...watchers,
    ],
    List_training: ["trainer", "registrar", "agency", "representative", ...watchers],
    Read_course: ["trainer", "registrar", "agency", "representative", "candidate", ...watchers],
    List_course: ["trainer", "registrar", "agency", "representative", "candidate", ...watchers],
  },
  departure: {
    RequestClearance: ["departure-officer"],
    BookTicket: ["departure-officer", "agency"],
    ConfirmBorderExit: ["departure-officer"],
    ConfirmArrival: ["departure-officer", "representative", "agency", "candidate"],
    ConfirmPickup: ["departure-officer", "representative", "employer"],
    ReportMissedFlight: ["departure-officer", "representative", "agency", "candidate"],
    ReportCancelledFlight: ["departure-officer", "agency"],
    ReportOffloading: ["departure-officer"],
    FormTravelGroup: ["departure-officer"],
    CancelGroupFlight: ["departure-officer"],
    Read_departure: [
      "departure-officer",
      "registrar",
      "agency",
      "representative",
      "candidate",
      "employer",
      "visa-officer",
      "insurer",
      "benefits-officer",
      ...watchers,
    ],
    List_departure: ["departure-officer", "registrar", "agency", "representative", ...watchers],
    Read_travelGroup: ["departure-officer", "agency", "representative", ...watchers],
    List_travelGroup: ["departure-officer", "agency", "representative", ...watchers],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly Role[]>>>>;

/** The roles of a command or query; undefined when the table has no row for it. */
export const rolesFor = (service: string, name: string): readonly Role[] | undefined =>
  (ACCESS as Readonly<Record<string, Readonly<Record<string, readonly Role[]>>>>)[service]?.[name];
