import type { EstimateProblem, EstimateWarning } from '../application/estimate.ts';
import type { Exclusion } from '../application/exclusions.ts';
import type { ExperimentRequest, ExperimentSpec, Status } from '../application/experiment.ts';
import type { Inferred } from '../application/infer.ts';
import type { KeptCoRun, KeptProfile, KeptSwitchCost, MeasuringConditions } from '../application/measure/kept.ts';
import type { RunFigures } from '../application/measures.ts';
import type { Answer, MeasureState, NoteKind, RunLive, RunQuality, UnitLive } from '../application/messages.ts';
import type { Settling } from '../application/settle.ts';
import type { Outcome } from '../application/trace.ts';
import type { KeptUnitEvent } from '../application/unit-log.ts';
import type { Artefact, Format } from '../hardware/artefact.ts';
import type { DriverName, LatencyTable, OwnUnit, UnitOptions } from '../hardware/board.ts';
import type { DoctorReport } from '../hardware/doctor/examine.ts';
import type { MachineWatched } from '../hardware/health/watch.ts';
import type { MachineNow } from '../hardware/machine-now.ts';
import type { SwitchCost } from '../hardware/switch-cost.ts';
import type { Precision, Source } from '../hardware/unit.ts';
import type { WeightKind } from '../hardware/weight-kind.ts';
import type { Manifest } from '../history/backup/archive.ts';
import type { ProfileRecord } from '../history/profile-history.ts';
import type { RaceRound } from '../scheduling/race-round.ts';
import type { Reason } from '../scheduling/reason.ts';

// What crosses between browser and board, and nothing else. REST under /api/v1, JSON unless said otherwise; every error is
// { error: one sentence, code } with a 4xx or 5xx status. Dates are ISO strings, durations milliseconds.
//
//   GET    /setup                         SetupState                 public
//   GET    /found                         Found                      public, until the board is claimed
//   POST   /claim {token,name,password}   Me                         public, once
//   POST   /login {name,password,newPassword?}    Me                 public; newPassword: in the place of an initial one, which is refused
//                                         without it (403 password_change_required)
//     Programs: without an Origin, and with {bearer:true}, both answer Me & {token} for "Authorization: Bearer <token>".
//   POST   /logout                        {}
//   GET    /me                            Me
//   PUT    /password {old,password}       {}                         one's own; one's other sessions end at once
//   DELETE /sessions                      {}                         ends all sessions of whoever asks, this one too
//   GET    /access                        AccessView                 admins
//   PUT    /access {openWatching}         AccessView                 admins, in person; false ends the sockets of guests
//   GET    /tokens                        TokenView[]                one's own, an admin everybody's; in person: by a session, not by a token
//   POST   /tokens {name,role,expiresInDays?}     TokenAdded (201)   as above; for "Authorization: Bearer sw_…", also of a socket's handshake
//   DELETE /tokens/{id}                   {}                         as above; ends its sockets
//   GET    /users                         UserView[]                 admins, in person
//   POST   /users {name,role,password?}   UserAdded (201)            as above; without a password the board makes one, and tells it here only
//   PUT    /users/{id}/role {role}        UserView                   as above; ends the user's sessions and sockets, as the next two do
//   PUT    /users/{id}/password {password?}       InitialPassword    as above
//   DELETE /users/{id}                    {}                         as above; never the owner, and never whoever asks
//   GET    /storage                       StorageView                admin
//   GET    /retention                     RetentionRule              admin
//   PUT    /retention RetentionRule       RetentionRule              which runs stay; the server deletes the others; admin
//   GET    /backup                        a tar of everything that is kept, of one moment; no accounts, sessions or keys: admin
//   GET    /restore                       RestoreView                admin
//   POST   /restore                       RestoreView (201)          body: such a tar, application/octet-stream; takes effect at the next start; admin
//   DELETE /restore                       RestoreView                it does not, after all; admin
//   GET    /network                       NetworkView                how other machines reach the board; /ca.crt is public, without /api/v1
//   GET    /diagnostics                   application/json, a file for whoever is asked for help: no secrets; admin
//   GET    /doctor                        DoctorReport               what the machine has and lacks; operators
//   GET    /board                         BoardState
//   POST   /boards {name,table}           BoardView                  one's own latency table as a simulated board
//   DELETE /boards/{id}                   {}
//   POST   /boards/machine/units OwnUnit  UnitView (201)             a simulated unit on this machine's board
//   PUT    /boards/machine/units/{id} OwnUnit      UnitView          what it is from now on; refused while something runs
//   DELETE /boards/machine/units/{id}     {}                         as above
//   POST   /boards/{id}/measure           {}                         measures its units; refused while something runs
//   DELETE /boards/{id}/measure           {}                         ends that; what was measured is kept
//   GET    /models                        ModelView[]
//   GET    /models/{id}                   ModelDetail
//   GET    /profiles?model=&unit=&since=&limit=   ProfileRecord[]    what was measured, as it was each time; the newest, oldest first
//   POST   /infer {model,picture?,unit?,board?}   InferenceView     one inference; picture: a kept one's sha256. Or the PNG or JPEG itself as
//                                         application/octet-stream with ?model=&unit=&board=. 409 while somebody has the board
//   GET    /units                         UnitSummary[]
//   GET    /units/{id}                    UnitDetail
//   GET    /units/{id}/events?cursor=&limit=      Page<KeptUnitEvent>        newest first
//   PUT    /units/{id}/exclusion {reason?}        UnitView           new experiments begin without it
//   DELETE /units/{id}/exclusion          UnitView
//   POST   /units/{id}/reset              {}                         its process is started anew; refused while something runs
//   POST   /models?id=…&name=…            ModelView                  body: the .onnx file, application/octet-stream
//   PUT    /models/{id}/labels {labels}   ModelView
//   DELETE /models/{id}                   {}
//   GET    /pictures                      PictureView[]
//   POST   /pictures?name=…               PictureView                body: the PNG or JPEG file, application/octet-stream
//   GET    /pictures/{sha256}             the picture itself
//   DELETE /pictures/{sha256}             {}
//   GET    /traces                        TraceView[]
//   POST   /traces?name=…                 TraceView                  body: JSON Lines {"atMs","model","deadlineMs"?}, application/octet-stream
//   GET    /traces/{sha256}               the recorded stream itself
//   DELETE /traces/{sha256}               {}
//   GET    /policies                      PolicyView[]
//   POST   /estimate ExperimentRequest    Estimate
//   POST   /experiments ExperimentRequest ExperimentView (201)
//   GET    /experiments?cursor=&limit=    Page<ExperimentView>
//   GET    /experiments/{id}              ExperimentView
//   POST   /experiments/{id}/stop         ExperimentView
//   GET    /runs?q=&sort=&order=&cursor=&limit=   Page<ListedRun>   q is a search: history/search/; policy=, status=, source=, experiment=, ids= too
//   GET    /runs.csv?(same filters)       text/csv, all matching rows
//   GET    /runs.json?(same filters)      ListedRun[], all matching rows
//   GET    /run-values                    RunValues                  what searches can name
//   POST   /runs/tag {runs,add?,remove?}  RunsChanged
//   POST   /runs/archive {runs,archived}  RunsChanged
//   POST   /runs/delete {runs}            RunsChanged                what is left is a Tombstone each; refused while one of them runs
//   POST   /runs/rerun {runs}             Relaunched (201)           the same again: one experiment for each that they came of
//   PUT    /runs/{id}/marks {tags?,note?} RunView
//   GET    /presets                       PresetView[]
//   POST   /presets {name,spec}           PresetView (201)           a question kept under a name, in the place of one of that name
//   DELETE /presets/{id}                  {}
//   GET    /views                         SavedView[]
//   POST   /views {name,query}            SavedView (201)            a named view of the list; its address is /runs?v={id}
//   PUT    /views/{id} {name?,query?}     SavedView
//   DELETE /views/{id}                    {}
//   GET    /runs/{id}                     RunDetail                  410 when it was deleted
//   GET    /runs/{id}/tombstone           Tombstone                  what is left of a deleted run
//   GET    /runs/{id}/jobs                application/x-ndjson, JobLine per line, in order of seq
//   GET    /runs/{id}/trace               application/octet-stream: one encoded trace (application/trace.ts), whole run so far
//   GET    /runs/{id}/race                RaceRound[]                rehearsals of the policy `race`, in order
//   POST   /units/{id}/fault Fault        {}                         simulated units only
//   POST   /units/{id}/release            {}                         out of quarantine
//   PUT    /units/{id}/options UnitOptions {}                        real units: threads, cores, slots and switch cost; null: as found
// Outside /api/v1: GET /healthz, /readyz, /metrics.

export interface ApiError {
  readonly error: string;
  readonly code: string;
  /** Where in the request, for forms: "models.0.jobs" → sentence. */
  readonly fields?: Readonly<Record<string, string>>;
}
export interface Page<T> {
  readonly items: readonly T[];
  /** Pass as `cursor` for the next page; null on the last. */
  readonly next: string | null;
  readonly total: number;
}

export type Role = 'viewer' | 'operator' | 'admin';

/** A person who may come in, as an admin sees them. */
export interface UserView {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  /** Claimed the board: an admin for good. */
  readonly owner: boolean;
  /** Their password was made by the board, and they have not come in by it yet. */
  readonly initial: boolean;
  readonly createdAt: string;
  /** How many browsers and programs are signed in as them. */
  readonly sessions: number;
  readonly tokens: number;
  /** ISO, to the minute; null: none of those sessions is left. */
  readonly seenAt: string | null;
}
/** What a program comes in by. */
export interface TokenView {
  readonly id: number;
  readonly name: string;
  /** Whose it is. */
  readonly user: string;
  /** What it may do now: its own role or its person's, whichever is less. */
  readonly role: Role;
  /** How it begins. */
  readonly prefix: string;
  readonly createdAt: string;
  /** null: never. It may be over. */
  readonly expiresAt: string | null;
  /** To the minute; null: never. */
  readonly lastUsedAt: string | null;
}
export type TokenAdded = TokenView & { readonly token: string };
export interface InitialPassword {
  /** Told this once; null where one was given. */
  readonly initialPassword: string | null;
}
export type UserAdded = UserView & InitialPassword;

/** How other machines reach the board. */
export interface NetworkView {
  /** Empty when only this machine can open the panel. */
  readonly addresses: readonly string[];
  /** How this very question came. */
  readonly encrypted: boolean;
  /** Other machines are served in the clear. */
  readonly insecure: boolean;
  /** Of the board's own authority; null: it has none, for it serves nobody else, or in the clear. */
  readonly certificate: CertificateView | null;
}
export interface CertificateView {
  /** SHA-256 of the authority's, as browsers show it: "AB:CD:…". */
  readonly fingerprint: string;
  /** ISO; when the board's own ends, which is renewed by itself before. */
  readonly validUntil: string;
}

export interface SetupState {
  readonly claimed: boolean;
  readonly version: string;
  /** Plain HTTP beyond loopback was allowed on the command line: the page shows a banner. */
  readonly insecure: boolean;
  /** Whoever asks may watch without login. */
  readonly watching: boolean;
}
export interface AccessView {
  /** Whoever is on the LAN may get and hear what a viewer may, without login. */
  readonly openWatching: boolean;
}
/** What is there to be claimed; told until somebody has. */
export interface Found {
  readonly host: string;
  /** Where other machines can open the panel; empty when only this one can. */
  readonly addresses: readonly string[];
  readonly boards: readonly {
    readonly id: string;
    readonly name: string;
    readonly custom: boolean;
    readonly simulated: boolean;
    readonly units: readonly Pick<UnitView & UnitLive, 'id' | 'name' | 'status' | 'reason'>[];
  }[];
  readonly models: readonly Pick<ModelView, 'id' | 'name' | 'ready'>[];
  /** Whether any time of a real unit is known. */
  readonly measured: boolean;
}
export interface Me {
  readonly name: string;
  readonly role: Role;
  /** Watches without login; has no name. */
  readonly guest?: true;
}

/** How much room what is kept has. `low`: soon none. `full`: no new run begins. `broken`: the database refuses to write. */
export interface StorageState {
  readonly level: 'well' | 'low' | 'full' | 'broken';
  readonly freeBytes: number;
}
export interface StorageView extends StorageState {
  readonly totalBytes: number;
  /** The database with its journal. */
  readonly databaseBytes: number;
  /** What lies in copies: databases from before a release changed them, and data that a restore replaced. */
  readonly copiesBytes: number;
  readonly experiments: number;
  readonly runs: number;
}

/** `waiting`: a backup that was taken in, and takes the place of the data when the server is started again. */
export interface RestoreView {
  readonly waiting: Manifest | null;
}

export interface UnitView {
  readonly id: string;
  readonly board: string;
  readonly name: string;
  readonly driver: DriverName;
  readonly source: Source;
  readonly precision: Precision;
  /** null: as many as there are models. */
  readonly modelSlots: number | null;
  readonly latencyMs: Readonly<Record<string, number | null>> | null;
  /** Real units: models with a file that its driver reads. */
  readonly runs?: readonly string[];
  /** Simulated units: what replacing a resident model costs; null where the run says it. */
  readonly switchMs: SwitchCost | null;
  readonly options: UnitOptions;
  /** Why new experiments begin without it; null: they begin with it. */
  readonly excluded: Exclusion | null;
  readonly live: UnitLive;
}
export interface UnitSummary {
  readonly unit: UnitView;
  /** ISO; null: it has no process. */
  readonly upSince: string | null;
  readonly last: KeptUnitEvent | null;
}
export interface UnitDetail {
  readonly unit: UnitView;
  readonly upSince: string | null;
  /** What it computes with: library, version, file, threads; null: its process never ran. */
  readonly computesWith: string | null;
  /** Degrees Celsius of its own device, as that said last; null: it is away, or has no thermometer. */
  readonly deviceC: number | null;
  /** Of the machine that a real unit is part of, as far as its sensors say; null: simulated. */
  readonly machine: MachineNow | null;
  readonly events: Page<KeptUnitEvent>;
}
export interface BoardView {
  readonly id: string;
  readonly name: string;
  readonly custom: boolean;
  readonly simulated: boolean;
  readonly models: readonly string[];
  readonly units: readonly UnitView[];
}
export interface ModelView {
  readonly id: string;
  readonly name: string;
  readonly parameters: number;
  readonly trained: boolean;
  readonly builtIn: boolean;
  readonly hasLabels: boolean;
  /** False while the file is still being written at first start; a model of a latency table never has one. */
  readonly ready: boolean;
  /** As many labels as it may be given. */
  readonly classes: number;
  /** Of the first file, as the next four. */
  readonly format: Format;
  /** What most weights are stored as; null where that is not known. */
  readonly weights: WeightKind | null;
  /** Of the file; null while there is none. */
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** ISO; null for those that are built in. */
  readonly addedAt: string | null;
  readonly files: readonly FileView[];
}
/** One of a model's files. */
export interface FileView extends Omit<Artefact, 'file'> {
  /** null until it is written. */
  readonly bytes: number | null;
  /** Written by us; the others can be removed. */
  readonly builtIn: boolean;
  /** Real units that run the model from it. */
  readonly units: readonly string[];
}
export interface ModelDetail extends ModelView {
  readonly labels: readonly string[] | null;
}
/** One inference for whoever waited for it. */
export interface InferenceView extends Omit<Inferred, 'top'> {
  readonly model: string;
  readonly trained: boolean;
  readonly source: Source;
  /** Of the picture as it came; null where none was sent, because none of the units looks at one. */
  readonly picture: { readonly width: number; readonly height: number } | null;
  /** Best first; null: a simulated unit computes nothing, so it has no answer. */
  readonly top: readonly { readonly index: number; readonly label: string | null; readonly logit: number }[] | null;
}
export interface PictureView {
  readonly sha256: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly sample: boolean;
}
/** A recorded stream of arrivals. */
export interface TraceView {
  readonly sha256: string;
  readonly name: string;
  readonly jobs: number;
  /** From the run's start to its last arrival. */
  readonly lastMs: number;
  /** Model → jobs. */
  readonly models: Readonly<Record<string, number>>;
  /** Whether some of its jobs have a deadline of their own. */
  readonly deadlines: boolean;
}
export interface PolicyView {
  readonly name: string;
  readonly summary: string;
}
/** `measuredAt` is null where the profile is a guess. */
export type ShownProfile = Omit<KeptProfile, 'measuredAt'> & { readonly measuredAt: string | null };
export interface BoardState {
  /** What this machine calls itself. */
  readonly host: string;
  /** Of the machine's own clock: "Asia/Seoul". */
  readonly timeZone: string;
  readonly boards: readonly BoardView[];
  /** What was measured, and guesses where a real unit was not yet. */
  readonly profiles: readonly ShownProfile[];
  readonly switchCosts: readonly KeptSwitchCost[];
  readonly coRuns: readonly KeptCoRun[];
  /** What is being measured, or the last that was; null: nothing since the server started. */
  readonly measuring: MeasureState | null;
  readonly storage: StorageState;
  readonly experiments: readonly ExperimentView[];
  readonly recent: readonly RunView[];
}

/** Said by the simulator before any board time is spent. */
export interface Estimate {
  readonly perPolicy: readonly {
    readonly policy: string;
    readonly figures: RunFigures | null;
    /** Why there is no figure: "affinity has no unit for resnet50". */
    readonly error: string | null;
    /** The same, to be worded in any language; null where it is a sentence of somebody else's. */
    readonly problem: EstimateProblem | null;
    /** Of the server scenario: the highest rate at which p99 keeps to its bound; 0 where none does. */
    readonly highestRatePerS: number | null;
  }[];
  /** Most inferences per second that any schedule could reach at this mix. */
  readonly boundThroughput: number;
  /** All runs together, warm-up included. */
  readonly boardTimeMs: number;
  readonly warnings: readonly EstimateWarning[];
}

export interface ExperimentView {
  readonly id: number;
  readonly name: string;
  readonly status: Status;
  readonly spec: ExperimentSpec;
  readonly source: SourceMix;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly runs: readonly RunView[];
}
/** Anything a simulated unit touched is `simulated`; `mixed` had real units as well. Both say SIMULATED. */
export type SourceMix = 'hardware' | 'simulated' | 'mixed';

export interface RunView {
  readonly id: number;
  readonly experiment: number;
  readonly name: string;
  readonly policy: string;
  readonly repeat: number;
  readonly status: Status;
  readonly source: SourceMix;
  /** One sentence when it failed or was interrupted. */
  readonly reason: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly jobs: number;
  readonly done: number;
  readonly failed: number;
  readonly throughput: number | null;
  readonly makespanMs: number | null;
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** Mean over units, 0 to 1. */
  readonly utilisation: number | null;
  readonly switches: number | null;
  /** Share of the jobs with a deadline that ended after it, or never; null where none had one. */
  readonly missRate: number | null;
  /** How long heat held the machine back meanwhile; null: no sensor would tell. */
  readonly throttledMs: number | null;
  /** In alphabetical order. */
  readonly tags: readonly string[];
  /** What people wrote about it; empty: nothing. */
  readonly note: string;
  readonly archived: boolean;
}
/** A run in the list, with what its experiment was made of. */
export interface ListedRun extends RunView {
  readonly models: readonly string[];
  readonly boards: readonly string[];
  readonly workload: string;
}
export const RUN_SORTS = [
  'id',
  'name',
  'policy',
  'status',
  'source',
  'repeat',
  'jobs',
  'failed',
  'throughput',
  'makespanMs',
  'meanMs',
  'p50Ms',
  'p95Ms',
  'p99Ms',
  'utilisation',
  'switches',
  'missRate',
  'startedAt',
] as const;
export type RunSort = (typeof RUN_SORTS)[number];

/** Values that searches can name, in alphabetical order. */
export type RunValues = Readonly<
  Record<'policy' | 'model' | 'unit' | 'board' | 'workload' | 'by' | 'tag', readonly string[]>
>;
/** Which of the runs were changed, and which are not there any more. */
export interface RunsChanged {
  readonly changed: readonly number[];
  readonly missing: readonly number[];
}
export interface Relaunched {
  readonly experiments: readonly ExperimentView[];
  /** Why some could not be launched again, a sentence each. */
  readonly refused: readonly string[];
}
/** What is left of a run that was deleted. */
export interface Tombstone {
  readonly id: number;
  readonly experiment: number;
  readonly name: string;
  readonly policy: string;
  readonly repeat: number;
  readonly status: Status;
  readonly source: SourceMix;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly jobs: number;
  readonly done: number;
  readonly throughput: number | null;
  readonly makespanMs: number | null;
  readonly p99Ms: number | null;
  readonly spec: ExperimentSpec;
  readonly deletedAt: string;
  readonly deletedBy: string;
}

/** A question that somebody kept. */
export interface PresetView {
  readonly id: string;
  readonly name: string;
  readonly spec: ExperimentSpec;
  readonly createdBy: string;
}

export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** The rest of the list's address. */
  readonly query: string;
  readonly createdBy: string;
}

export interface RunNote {
  readonly atMs: number;
  readonly kind: NoteKind;
  readonly unit: string | null;
  readonly text: string;
}
export interface RunDetail extends RunView {
  readonly spec: ExperimentSpec;
  /** In the order that the trace's `unit` and `model` index. */
  readonly units: readonly {
    readonly id: string;
    readonly name: string;
    readonly source: Source;
    readonly precision: Precision;
  }[];
  readonly models: readonly {
    readonly id: string;
    readonly name: string;
    readonly trained: boolean;
    readonly labels: readonly string[] | null;
  }[];
  readonly pictures: readonly PictureView[];
  readonly figures: RunFigures | null;
  readonly predicted: RunFigures | null;
  readonly boundThroughput: number | null;
  readonly quality: RunQuality | null;
  readonly notes: readonly RunNote[];
  readonly answers: readonly Answer[];
  /** Rows of the trace kept so far. */
  readonly rows: number;
  /** The experiment's runs, this one included, in order. */
  readonly siblings: readonly RunView[];
}
export interface JobLine {
  readonly seq: number;
  readonly job: number;
  readonly model: string;
  readonly unit: string;
  readonly source: Source;
  /** Present and true on everything a simulated unit did. */
  readonly simulated?: true;
  /** `lost`: its unit died under this attempt; the job appears again. */
  readonly outcome: Outcome;
  readonly attempt: number;
  readonly arrivalMs: number;
  readonly dispatchMs: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly loadMs: number;
  readonly switched: boolean;
  /** When it should have ended; null where nobody asked. */
  readonly deadlineMs: number | null;
  readonly priority: number;
  /** Why it went to this unit; null where that was not recorded. */
  readonly reason: Reason | null;
}

// Live, over Socket.IO (path /socket.io, the session's cookie; nothing is sent before the guard has let it in).
// State and rows are paced by the browser's own acknowledgement: the next is sent only after it, and holds what is newest.

export interface LiveState {
  /** Counts states sent to anybody; a browser that sees it jump has missed nothing, states are whole. */
  readonly seq: number;
  readonly boardMs: number;
  readonly units: readonly UnitLive[];
  readonly run: RunLive | null;
  /** Experiment that the run belongs to. */
  readonly experiment: number | null;
  readonly queuedExperiments: number;
  /** The machine itself, as far as its sensors say; null: it was not looked at yet. */
  readonly machine: MachineWatched | null;
}
export interface LiveRows {
  readonly run: number;
  readonly firstSeq: number;
  readonly rows: number;
  /** One encoded trace. */
  readonly data: ArrayBuffer;
}
/** Few, reliable, in order. `seq` has no gaps within one connection's `since`. */
export type LiveEvent = { readonly seq: number } & (
  | { readonly type: 'experiment'; readonly experiment: ExperimentView }
  | { readonly type: 'run'; readonly run: RunView }
  | { readonly type: 'note'; readonly run: number; readonly note: RunNote }
  | { readonly type: 'race'; readonly run: number; readonly round: RaceRound }
  | { readonly type: 'boards' }
  | { readonly type: 'storage'; readonly storage: StorageState }
  | { readonly type: 'unit-event'; readonly event: KeptUnitEvent }
  /** These were marked, archived or deleted. */
  | { readonly type: 'runs'; readonly runs: readonly number[] }
  | { readonly type: 'profile'; readonly profile: KeptProfile }
  | {
      readonly type: 'measure';
      readonly state: MeasureState | null;
      readonly switchCosts: readonly KeptSwitchCost[];
      readonly coRuns: readonly KeptCoRun[];
    }
);

export interface ServerToBrowser {
  /** Once after connecting: the sequence number that events go on from. */
  hello(message: { readonly version: string; readonly seq: number }): void;
  /** A LiveState as one frame (panel/frame.ts), made once for everybody. */
  state(frame: Uint8Array | ArrayBuffer, ack: () => void): void;
  /** Rows of the watched run, from the sequence number asked for, without a gap. */
  rows(rows: LiveRows, ack: () => void): void;
  event(event: LiveEvent): void;
}
export type Reply<T = Record<never, never>> =
  | ({ readonly ok: true } & T)
  | { readonly ok: false; readonly error: string };
export interface BrowserToServer {
  /** Rows of this run from `fromSeq` on; `null` is whatever runs now, from now on. Replaces the last watch. */
  watch(request: { readonly run: number | null; readonly fromSeq: number }, ack: (reply: Reply) => void): void;
  unwatch(request: Record<never, never>, ack: (reply: Reply) => void): void;
  'experiment:launch'(
    request: ExperimentRequest,
    ack: (reply: Reply<{ readonly experiment: ExperimentView }>) => void,
  ): void;
  'experiment:stop'(request: { readonly experiment: number }, ack: (reply: Reply) => void): void;
}

export type {
  Answer,
  DoctorReport,
  EstimateProblem,
  EstimateWarning,
  Exclusion,
  ExperimentRequest,
  ExperimentSpec,
  Inferred,
  KeptCoRun,
  KeptProfile,
  KeptSwitchCost,
  KeptUnitEvent,
  LatencyTable,
  MachineNow,
  MachineWatched,
  MeasureState,
  MeasuringConditions,
  OwnUnit,
  ProfileRecord,
  RaceRound,
  RunFigures,
  RunLive,
  RunQuality,
  Settling,
  Status,
  UnitLive,
};
