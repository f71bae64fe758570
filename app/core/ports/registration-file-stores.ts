import type { Code, Discount } from "../codes/discount.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { FileScope, RegistrationFile } from "../registration-files/registration-file.ts";

/** A file's codes by how far they have come. */
export interface FileCounts {
  waiting: number;
  arrived: number;
  /** Registered at impact.com otherwise than they should be. */
  differing: number;
  takenBack: number;
}

export interface FileCode {
  code: Code;
  discount: Pick<Discount, "startsAt" | "endsAt">;
  /** How its registration at impact.com differs. */
  problem: string | null;
}

/** A code of a file that stands at impact.com. */
export interface ArrivedCode {
  codeId: string;
  promoCodeId: string;
  /** As impact.com spells it, where that is otherwise. */
  registeredAs: string | null;
  /** When it begins there, where that is to come. */
  registeredFrom: Date | null;
}

export interface RegistrationFileStore {
  /**
   * How many codes wait to be registered one by one and could go by a file: live, a partner's, of no
   * family, in no file, and spelled as one takes it (template.ts); `upTo` where there are as many or more.
   */
  countWaiting(shop: ShopDomain, scope: FileScope, upTo?: number | null): Promise<number>;
  /**
   * Puts those codes into a new file, but what somebody registers at this moment; from then on nobody
   * registers them one by one. Null where there are none.
   */
  create(
    shop: ShopDomain,
    file: { programId: string; scope: FileScope },
    now: Date,
  ): Promise<RegistrationFile | null>;
  /** Looks of before have lost their turn; null where no such file is open. */
  beginLook(shop: ShopDomain, fileId: string): Promise<RegistrationFile | null>;
  find(shop: ShopDomain, fileId: string): Promise<RegistrationFile | null>;
  /** Newest first; of a batch those that hold a code of it. */
  list(
    shop: ShopDomain,
    of: { batchId: string | null; openOnly: boolean; limit: number },
  ): Promise<RegistrationFile[]>;
  countCodes(shop: ShopDomain, fileId: string): Promise<FileCounts>;
  /** By their text, those after that one; of one part alone where it is given. */
  pageCodes(
    shop: ShopDomain,
    fileId: string,
    page: {
      state: "waiting" | "differs";
      part: number | null;
      after: DiscountCode | null;
      limit: number;
    },
  ): Promise<FileCode[]>;
  /** Of these the codes that wait in the file. */
  findWaiting(
    shop: ShopDomain,
    fileId: string,
    codes: readonly DiscountCode[],
  ): Promise<FileCode[]>;
  /** They are registered; gives the ids of those that waited until now. */
  saveArrived(
    shop: ShopDomain,
    fileId: string,
    arrived: readonly ArrivedCode[],
    now: Date,
  ): Promise<string[]>;
  /** impact.com has them otherwise: they have failed, and wait in the file no more. */
  saveDiffering(
    shop: ShopDomain,
    fileId: string,
    differing: readonly { codeId: string; problem: string }[],
  ): Promise<void>;
  /**
   * So many that still wait are to be registered one by one; gives the ids of those that are live.
   * impact.com is asked for each before it is told: the file may have been uploaded.
   */
  takeBack(shop: ShopDomain, fileId: string, limit: number): Promise<string[]>;
  /** The shop reports to another program now: no file counts any more. */
  closeAll(shop: ShopDomain, now: Date): Promise<void>;
  /** Spreads what still waits over new parts; gives how many parts there are. */
  renumber(shop: ShopDomain, fileId: string): Promise<number>;
  /** Of an open file, in whatever state it is after that; false where its look has lost its turn. */
  save(shop: ShopDomain, file: RegistrationFile): Promise<boolean>;
}
