import {
  type Action,
  checkRequirements,
  decodeCoverId,
  decodePurchases,
  type MarketEntry,
  type PoolEntry,
  type Progress,
  sendAction,
  simulateAction,
} from '@breakwater/sdk';
import { type Command, defineCommand, type Given } from './command.ts';
import { flag, type Options, type Values } from './options.ts';
import { fields, type Result } from './output.ts';
import type { Session } from './session.ts';

export type { MarketEntry, PoolEntry };

/** What a builder of an action is given. */
export type Building<O extends Options> = { readonly values: Values<O>; readonly session: Session };

const dryRun = flag('checks and simulates, and sends nothing');

/** A command that sends an action of the SDK. */
export function actionCommand<const O extends Options>(spec: {
  name: string;
  /** Name of the SDK's builder. */
  verb: string;
  summary: string;
  details?: string;
  options: O;
  build: (building: Building<O>) => Action | Promise<Action>;
}): Command {
  const { build, ...rest } = spec;
  return defineCommand({
    ...rest,
    options: { ...spec.options, dryRun },
    run: async (given) => {
      const session = await given.open();
      session.sender();
      const action = await build({ values: given.values as unknown as Values<O>, session });
      return given.values.dryRun ? rehearse(session, action) : send(session, action, given.progress);
    },
  });
}

async function send(session: Session, action: Action, progress: Given<Options>['progress']): Promise<Result> {
  progress(action.summary.text);
  const receipt = await sendAction(session.wallet(), session.client, action, {
    context: session.context(),
    onProgress: (stage) => tell(stage, progress),
  });
  const { transactionHash: transaction, blockNumber: block, gasUsed } = receipt;
  const covers = decodePurchases(receipt.logs).map(({ id }) => {
    const { pool, sequence } = decodeCoverId(id);
    return `${pool}-${sequence}`;
  });
  return {
    data: { verb: action.summary.verb, text: action.summary.text, transaction, block, gasUsed, covers },
    text: fields([
      ['Done', action.summary.text],
      ...covers.map((cover) => ['Cover', cover] as const),
      ['Transaction', transaction],
      ['Block', block],
      ['Gas', gasUsed],
    ]),
  };
}

function tell(stage: Progress, progress: (line: string) => void): void {
  if (stage.stage === 'waiting') progress(`${stage.text}: waiting for ${stage.hash}`);
}

async function rehearse(session: Session, action: Action): Promise<Result> {
  const { transaction, summary } = action;
  const missing = await checkRequirements(
    session.client,
    session.sender(),
    action.requirements,
    session.context(),
  );
  // What still has to be approved first would make the call fail for no other reason.
  if (missing.length === 0) {
    await simulateAction(session.client, action, { account: session.sender(), context: session.context() });
  }
  const unfulfillable = missing.find(({ steps }) => steps.length === 0);
  if (unfulfillable) throw unfulfillable.error;
  const first = missing.flatMap(({ steps }) => steps.map(({ text }) => text));
  return {
    data: { verb: summary.verb, text: summary.text, transaction, first, simulated: missing.length === 0 },
    text: fields([
      ['Would', summary.text],
      ...first.map((text) => ['First', text] as const),
      ['To', transaction.to],
      ['Data', transaction.data],
      ['Nothing was sent', missing.length === 0 ? 'the call would succeed' : 'the call was not simulated'],
    ]),
  };
}
