import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import t from "tap";
import { foldFullName, LANGUAGES } from "@safar/contracts";
import { readList } from "../../../../packages/service-kit/src/lists/index.ts";
import { CANDIDATE_COLUMNS, type CandidateCells } from "../../src/imports/candidate-columns.ts";
import { judgeCandidateRow, type CandidateRowJudgement } from "../../src/imports/candidate-row.ts";
import { CANDIDATE_SENTENCES } from "../../src/imports/reasons.ts";
import type { Candidate } from "../../src/domain/candidate-fields.ts";
