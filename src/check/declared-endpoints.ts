/** The endpoints that a program defines: where each leads, and which services it exposes. */
import type { SourceFile } from '../source.js';
import { correction } from '../diagnostics/suggest.js';
import { addTo } from '../group.js';
import type { Reporter } from '../diagnostics/diagnostic.js';
import type { Definitions } from '../symbols/definitions.js';
import type { EndpointDef } from '../syntax/ast.js';
import { memberName, paramsOf } from '../syntax/family.js';
import { checkEndpointName, type EndpointOptions, isEndpointName, readEndpoint } from './endpoints.js';
import type { Binding, Places } from './places.js';
import { isServed, listed, type RoutedEndpoint, type RoutedService, stemOf } from './routed.js';

/** @param services that the program defines */
export function declaredEndpoints(
  definitions: Definitions,
  places: Places,
  services: readonly RoutedService[],
  reporter: Reporter,
): RoutedEndpoint[] {
  return new Declaring(definitions, places, services, reporter).all();
}

class Declaring {
  private readonly byStem = new Map<string, RoutedService[]>();

  constructor(
    private readonly definitions: Definitions,
    private readonly places: Places,
    private readonly services: readonly RoutedService[],
    private readonly reporter: Reporter,
  ) {
    for (const service of services) addTo(this.byStem, stemOf(service.name), service);
  }

  all(): RoutedEndpoint[] {
    return [...this.definitions.endpoints.values()].map((definition) => this.declare(definition));
  }

  private declare(definition: EndpointDef): RoutedEndpoint {
    const file = this.definitions.fileOf.get(definition)!;
    const read = readEndpoint(definition, this.definitions.namespaceOf.get(definition)?.name.text, file, this.reporter);
    const services = this.exposedBy(definition, read);
    for (const word of read.services ?? []) {
      const named = this.named(word.text, file);
      if (services.some(named)) continue;
      if (this.services.some(named)) {
        const hint = 'The worker that it leads to does not serve it.';
        this.reporter.report(file, 'TWF710', word.span, { name: word.text, endpoint: definition.name.text }, { hint });
        continue;
      }
      const names = this.services.map(({ name }) => name);
      this.reporter.report(
        file,
        'TWF702',
        word.span,
        { name: word.text },
        correction(word.text, names, file, word.span),
      );
    }
    if (services.length === 0 && !read.services && !this.places.hasNamespace(read.namespace ?? '')) {
      this.reporter.report(
        file,
        'TWF703',
        definition.name.span,
        { name: definition.name.text },
        { hint: 'Define the `nexus_service` that it exposes, or name one under `services:`.' },
      );
    }
    return { ...read, name: read.called, definition, services, members: this.membersOf(definition, read) };
  }

  private membersOf(definition: EndpointDef, read: EndpointOptions): readonly Binding[] | undefined {
    const { name } = definition;
    const file = this.definitions.fileOf.get(definition)!;
    const around = this.definitions.namespaceOf.get(definition)?.name.text ?? '';
    const missing = paramsOf(around).find((param) => !paramsOf(name.text).includes(param));
    if (missing !== undefined) {
      const hint = `Put it into the name: \`${name.text}-{${missing}}\`.`;
      this.reporter.report(file, 'TWF721', name.span, { name: name.text, param: missing, namespace: around }, { hint });
      return [];
    }
    if (![...read.texts].every((word) => this.places.checkBound(word, [name.text, around], file))) return [];
    if (paramsOf(name.text).length === 0) return undefined;
    const members = this.places.members(name.text, name, file);
    const wrong = members.map((one) => memberName(name.text, one)).find((text) => !isEndpointName(text));
    if (wrong !== undefined) checkEndpointName({ ...name, text: wrong }, file, this.reporter);
    return members;
  }

  /** Whether a service is the one that a name in a file means. */
  private named(text: string, file: SourceFile): (service: RoutedService) => boolean {
    const { packages, services } = this.definitions;
    const meant = services.get(packages.key(file, text) ?? '');
    return ({ definition }) => definition !== undefined && definition === meant;
  }

  /**
   * Where the program says what its workers are, what those behind the endpoint serve. Otherwise the services under
   * `services:`, else the one of the endpoint's name, else the only one that there is.
   */
  private exposedBy(definition: EndpointDef, read: EndpointOptions): RoutedService[] {
    const file = this.definitions.fileOf.get(definition)!;
    const listed = read.services?.map(({ text }) => this.named(text, file));
    const isListed = (service: RoutedService) => listed?.some((named) => named(service)) ?? true;
    const meant = this.services.filter(isListed);
    const isElsewhere = listed !== undefined && meant.length > 0 && !meant.some(isServed);
    const there = this.servedAt(definition, read, isElsewhere);
    if (there) return there.filter(isListed);
    if (listed) return meant;
    const alike = this.byStem.get(stemOf(definition.name.text));
    if (alike) return alike;
    const [only, ...others] = this.services;
    return only && others.length === 0 ? [only] : [];
  }

  /**
   * The services of the workers that an endpoint leads to; undefined where those are not the program's.
   *
   * @param isElsewhere somebody else serves all that it is said to expose: a namespace may have workers beside the program's
   */
  private servedAt(
    definition: EndpointDef,
    { namespace, taskQueue }: EndpointOptions,
    isElsewhere: boolean,
  ): RoutedService[] | undefined {
    if (namespace === undefined || taskQueue === undefined || !this.places.hasNamespace(namespace)) return undefined;
    const file = this.definitions.fileOf.get(definition)!;
    const { text: name, span } = definition.name;
    const [place] = this.places.at(namespace, taskQueue);
    const served = place && this.places.runs.get(place.worker)!.services;
    if (!place && isElsewhere) return undefined;
    if (!place) {
      const queues = this.places.all.filter((one) => one.namespace === namespace);
      const hint = `The task queues of its workers are ${listed(queues.map((one) => one.taskQueue))}.`;
      this.reporter.report(file, 'TWF718', span, { name, namespace, taskQueue }, { hint });
    } else if (served!.size === 0) {
      const labels = [this.places.labelOf(place, 'the worker')];
      const hint = `Add what it serves: \`nexus service S\` in \`worker ${place.worker.name.text}\`.`;
      this.reporter.report(file, 'TWF719', span, { name, worker: place.worker.name.text }, { labels, hint });
    } else return this.services.filter((one) => one.definition && served!.has(one.definition));
    // Whatever it was meant to lead to, calls of it are not wrong as well.
    return [...this.services];
  }
}
