/**
 * Where the program says that its workers run (grammar/README.md, "Workers and namespaces"): a worker stands in
 * namespaces, each time on a task queue. Where the program has no namespace, each of its workers runs in the one of
 * twfc.json.
 */
import type { Label, Reporter } from '../diagnostics/diagnostic.js';
import { correction } from '../diagnostics/suggest.js';
import { addTo } from '../group.js';
import { constantWord } from '../options/constant.js';
import { canonicalKey } from '../options/options.js';
import type { SourceFile } from '../source.js';
import type { Definitions } from '../symbols/definitions.js';
import type {
  ActivityDef,
  Name,
  NamespaceDef,
  OptionBlock,
  OptionEntry,
  OptionValue,
  ServiceDef,
  Word,
  WorkerDef,
  WorkerEntry,
  WorkerPlace,
  WorkflowDef,
} from '../syntax/ast.js';
import { paramsOf } from '../syntax/family.js';
import type { ProgramOptions } from './program.js';

/** What a worker runs. */
export interface Runs {
  readonly workflows: ReadonlySet<WorkflowDef>;
  readonly activities: ReadonlySet<ActivityDef>;
  readonly services: ReadonlySet<ServiceDef>;
}

/** A worker in a namespace, on a task queue; of a family, as it is written, with the holes in its names. */
export interface Place {
  readonly worker: WorkerDef;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Where it is said; undefined where the program has no namespaces. */
  readonly entry: WorkerPlace | undefined;
}

/** What the holes of a family stand for in one member. */
export type Binding = ReadonlyMap<string, string>;

const noBinding: Binding = new Map();

export class Places {
  /** Whether the program says at all what its workers are. */
  readonly isExplicit: boolean;
  readonly all: Place[] = [];
  readonly runs = new Map<WorkerDef, Runs>();
  private readonly byPlace = new Map<string, Place[]>();
  /** Holes that twfc.json has no members for: this has been reported. */
  private readonly unknown = new Set<string>();
  /** Values of options with holes that nothing binds: the same. */
  private readonly checked = new Set<OptionValue>();

  constructor(
    private readonly definitions: Definitions,
    private readonly options: ProgramOptions,
    private readonly reporter: Reporter,
  ) {
    const { workers, namespaces } = definitions;
    this.isExplicit = workers.size + namespaces.size > 0;
    for (const worker of workers.values()) this.runs.set(worker, this.read(worker));
    for (const namespace of namespaces.values()) this.fill(namespace);
    if (namespaces.size > 0) return;
    for (const worker of workers.values()) {
      const { fileOf } = definitions;
      const queue = this.queueIn(worker.options, fileOf.get(worker)!);
      this.checkTexts(worker.options, '', fileOf.get(worker)!);
      const taskQueue = queue === undefined ? worker.name.text : queue.text;
      if (taskQueue !== undefined) this.add({ worker, namespace: options.namespace, taskQueue, entry: undefined });
    }
  }

  /** The workers on a task queue. */
  at(namespace: string, taskQueue: string): readonly Place[] {
    return this.byPlace.get(placeKey(namespace, taskQueue)) ?? [];
  }

  /** Whether some worker runs in a namespace. */
  hasNamespace(namespace: string): boolean {
    return this.all.some((one) => one.namespace === namespace);
  }

  of(worker: WorkerDef): Place[] {
    return this.all.filter((one) => one.worker === worker);
  }

  /** The members of the family that a namespace is; without holes, it is the only one. */
  bindingsOf({ namespace }: Place): readonly Binding[] {
    const { namespaces, fileOf } = this.definitions;
    const definition = namespaces.get(namespace);
    return definition ? this.members(namespace, definition.name, fileOf.get(definition)!) : [noBinding];
  }

  /**
   * The members of a family by the holes in a name: each way to fill them. A name without holes has one, with nothing to
   * fill.
   *
   * @param at what is written, to be told if nothing says what the members are
   */
  members(name: string, at: Name, file: SourceFile): readonly Binding[] {
    let all: readonly Binding[] = [noBinding];
    for (const param of paramsOf(name)) {
      const members = this.options.families?.[param] ?? [];
      if (members.length === 0 && !this.unknown.has(param)) {
        this.unknown.add(param);
        const hint = `List them there: \`"families": {"${param}": ["…"]}\`.`;
        this.reporter.report(file, 'TWF720', at.span, { param, name }, { hint });
      }
      all = all.flatMap((binding) => members.map((member) => new Map([...binding, [param, member]])));
    }
    return all;
  }

  /**
   * Reports holes in the text of an option that no name around it has.
   *
   * @returns whether there is none
   */
  checkBound({ text, span }: Word, names: readonly string[], file: SourceFile): boolean {
    const bound = [...new Set(names.flatMap(paramsOf))];
    const free = paramsOf(text).find((param) => !bound.includes(param));
    if (free === undefined) return true;
    const hint = bound.length > 0 ? `There are ${bound.map((one) => `\`{${one}}\``).join(', ')}.` : undefined;
    this.reporter.report(file, 'TWF722', span, { param: free }, { hint });
    return false;
  }

  /** Where a place is written. */
  labelOf({ worker, entry, namespace }: Place, text: string): Label {
    const { fileOf, namespaces } = this.definitions;
    const file = fileOf.get(entry ? namespaces.get(namespace)! : worker)!;
    return { file, span: (entry ?? worker).name.span, text };
  }

  // --- Workers

  private read(worker: WorkerDef): Runs {
    const file = this.definitions.fileOf.get(worker)!;
    const { workflows, activities, services } = this.definitions;
    const runs = {
      workflows: new Set<WorkflowDef>(),
      activities: new Set<ActivityDef>(),
      services: new Set<ServiceDef>(),
    };
    const families = {
      workflow: { what: 'workflow', table: workflows, found: runs.workflows, code: 'TWF305' },
      activity: { what: 'activity', table: activities, found: runs.activities, code: 'TWF304' },
      service: { what: 'Nexus service', table: services, found: runs.services, code: 'TWF702' },
    } as const;
    for (const entry of worker.entries) {
      const { what, table, found, code } = families[entry.of];
      const { text, span } = entry.name;
      const { packages } = this.definitions;
      const key = packages.key(file, text);
      const definition = table.get(key ?? '');
      if (text === '') continue;
      if (key === undefined) packages.reportUnknown(file, entry.name);
      else if (!definition) {
        const help = correction(text, table.keys(), file, span) ?? { hint: this.elsewhere(entry) };
        this.reporter.report(file, code, span, { name: text }, help);
      } else if ((found as ReadonlySet<unknown>).has(definition)) {
        const values = { what, name: text, where: `the worker \`${worker.name.text}\`` };
        this.reporter.report(file, 'TWF303', span, values, { hint: 'Remove one of them.' });
      } else {
        (found as Set<unknown>).add(definition);
      }
    }
    return runs;
  }

  private elsewhere({ of, name: { text } }: WorkerEntry): string {
    const { workflows, activities } = this.definitions;
    const other = { workflow: activities, activity: workflows, service: undefined }[of]?.has(text);
    if (other) return `It is ${of === 'workflow' ? 'an activity: `activity' : 'a workflow: `workflow'} ${text}\`.`;
    return of === 'service' ? `Define it: \`nexus_service ${text}:\`.` : `Define it: \`${of} ${text}(…):\`.`;
  }

  // --- Namespaces

  private fill(namespace: NamespaceDef): void {
    const file = this.definitions.fileOf.get(namespace)!;
    const { workers } = this.definitions;
    for (const entry of namespace.entries) {
      if (entry.kind !== 'WorkerPlace' || entry.name.text === '') continue;
      const { text, span } = entry.name;
      const worker = workers.get(text);
      if (worker) this.put(worker, entry, namespace, file);
      else {
        const hint = `Define it: \`worker ${text}:\`, with what it runs.`;
        this.reporter.report(
          file,
          'TWF330',
          span,
          { name: text },
          correction(text, workers.keys(), file, span) ?? { hint },
        );
      }
    }
  }

  private put(worker: WorkerDef, entry: WorkerPlace, { name: { text: namespace } }: NamespaceDef, file: SourceFile) {
    const other = this.definitions.fileOf.get(worker)!;
    const queue = this.queueIn(entry.options, file) ?? this.queueIn(worker.options, other);
    this.checkTexts(entry.options, namespace, file);
    this.checkTexts(worker.options, namespace, other);
    if (!queue) {
      const hint = `Give it one under it: \`options:\` with \`task_queue: "${worker.name.text}"\`.`;
      this.reporter.report(file, 'TWF711', entry.name.span, { name: worker.name.text, namespace }, { hint });
    } else if (queue.text !== undefined) {
      this.add({ worker, namespace, taskQueue: queue.text, entry });
    }
  }

  /** The task queue that options give; its text is undefined where they give none that can be read: that is reported, here or with the other options. */
  private queueIn(
    options: OptionBlock | undefined,
    file: SourceFile,
  ): { readonly text: string | undefined } | undefined {
    const entry = queueEntry(options);
    if (!entry) return undefined;
    const text = constantWord(entry.value)?.text;
    if (text !== '') return { text };
    this.reporter.report(file, 'TWF502', entry.value.span, { key: entry.key.text, expected: 'one name' });
    return { text: undefined };
  }

  /** Checks the texts of options of a worker; those of its definition once, however often it stands in a namespace. */
  private checkTexts(options: OptionBlock | undefined, namespace: string, file: SourceFile): void {
    for (const { value } of options?.entries ?? []) {
      const word = this.checked.has(value) ? undefined : constantWord(value);
      if (word && !this.checkBound(word, [namespace], file)) this.checked.add(value);
    }
  }

  private add(place: Place): void {
    const { namespace, taskQueue } = place;
    this.compare(place, this.at(namespace, taskQueue));
    addTo(this.byPlace, placeKey(namespace, taskQueue), place);
    this.all.push(place);
  }

  /** A task of a queue may be given to any of the workers that poll it. */
  private compare(place: Place, there: readonly Place[]): void {
    const [first] = there;
    if (!first) return;
    const { file, span } = this.labelOf(place, '');
    const labels = [this.labelOf(first, 'the other one')];
    const values = { taskQueue: place.taskQueue, namespace: place.namespace };
    const names = { name: place.worker.name.text, other: first.worker.name.text };
    if (first.worker === place.worker) {
      const where = `the namespace \`${place.namespace}\`, on one task queue`;
      this.reporter.report(file, 'TWF303', span, { what: 'worker', name: names.name, where }, { labels });
    } else if (isSame(this.runs.get(place.worker)!, this.runs.get(first.worker)!)) {
      this.reporter.report(file, 'TWF715', span, { ...values, ...names }, { labels });
    } else {
      const hint = 'Give each a task queue of its own, or let both run the same.';
      this.reporter.report(file, 'TWF714', span, { ...values, ...names }, { labels, hint });
    }
  }
}

function isSame(a: Runs, b: Runs): boolean {
  const keys = ['workflows', 'activities', 'services'] as const;
  return keys.every(
    (key) => a[key].size === b[key].size && [...a[key]].every((one) => (b[key] as Set<unknown>).has(one)),
  );
}

function queueEntry(options: OptionBlock | undefined): OptionEntry | undefined {
  return options?.entries.find(({ key }) => canonicalKey('worker', key.text) === 'task_queue');
}

function placeKey(namespace: string, taskQueue: string): string {
  return JSON.stringify([namespace, taskQueue]);
}
