import type { Day } from '../model/day.js';

/**
 * What reading a notice yields. Every fact keeps the 1-based line it stands on: of a .txt or .md file the line of the
 * file, of .html and .docx the n-th paragraph or table row that holds text.
 */
export type ParsedNotice = {
  /** A progress notice tells results; a feedback document (反馈意见) only findings. */
  readonly kind: 'progress' | 'feedback';
  readonly title: string;
  /** The body that was inspected, as the title names it; empty when no line names one. */
  readonly unit: string;
  readonly inspection: Inspection;
  readonly facts: readonly Fact[];
  readonly sections: readonly NoticeSection[];
  /** Numbered headings outside the findings: parts, focus areas. Those of one `list` count together. */
  readonly headings: readonly NoticeHeading[];
  readonly claims: readonly NoticeClaim[];
  readonly policies: readonly NoticePolicy[];
  readonly meetings: readonly NoticeMeeting[];
  /** Telephone, mailbox, address lines. Personal data: never exported unless asked for. */
  readonly contacts: readonly Located[];
  /** Text in the part about findings, or outside the document proper, that belongs to nothing. */
  readonly unplaced: readonly Located[];
};

export type Located = { readonly text: string; readonly line: number };

export type Inspection = {
  readonly from?: Day;
  readonly to?: Day;
  readonly feedback?: Day;
  /** The day up to which the notice reports (截至…). */
  readonly asOf?: Day;
};

/** A fact of the document: where it was read, for the cell note or the lint message. */
export type Fact = {
  readonly key: 'unit' | 'group' | 'source' | 'round' | 'from' | 'to' | 'feedback' | 'plan' | 'asOf' | 'periodMonths';
  readonly value: string;
  readonly line: number;
};

export type NoticeStatus = 'not-started' | 'in-progress' | 'mostly-done' | 'long-term' | 'done' | 'withdrawn';

/** A focus area, or the part itself where findings stand directly in it. */
export type NoticeSection = {
  /** As printed; undefined for an unnumbered heading. */
  readonly number: number | undefined;
  readonly title: string;
  readonly line: number;
  readonly findings: readonly NoticeFinding[];
};

export type NoticeHeading = {
  /** Which list it belongs to: headings of one style under one heading. */
  readonly list: number;
  readonly style: 'part' | 'cn' | 'cn-paren';
  readonly number: number;
  readonly line: number;
  readonly text: string;
};

export type NoticeFinding = {
  /** As printed; of an unnumbered one its position in the document. */
  readonly number: number;
  readonly title: string;
  /** What the finding says beyond its title and its sub-findings. */
  readonly detail: string;
  readonly line: number;
  readonly status: NoticeStatus | undefined;
  /** The words the status was read from; a heading counts for all that stands under it. */
  readonly statusText: string | undefined;
  readonly statusLine: number | undefined;
  readonly statusFrom: 'own' | 'heading' | undefined;
  /** What the heading above says of all that stands under it. */
  readonly heading: { readonly status: NoticeStatus; readonly text: string; readonly line: number } | undefined;
  /** What stands where a status should, in a few words that are none: 整改结果：已完戍. */
  readonly unreadStatus: readonly Located[];
  /** "已完成并长期坚持": done, with a mark. */
  readonly longTerm: boolean;
  readonly subFindings: readonly NoticeSubFinding[];
  readonly measures: readonly NoticeMeasure[];
  /** Only when the notice gives measures and progress separately. */
  readonly progress: readonly Located[];
  /** What `progress` says, statement by statement, with its figures. */
  readonly reports: readonly NoticeMeasure[];
  /** What is still to be done about it (下一步…). */
  readonly next: readonly Located[];
  /** 责任领导, 责任部门, 责任人, 整改时限 when the notice names them. */
  readonly labelled: readonly { readonly label: string; readonly text: string; readonly line: number }[];
  /** Amounts in the words of the finding itself. */
  readonly amounts: readonly NoticeAmount[];
};

/** How far a particular is, where the notice says it of each. */
export type NoticeResult = {
  readonly status: NoticeStatus;
  readonly longTerm: boolean;
  readonly text: string;
  readonly line: number;
};

export type NoticeSubFinding = Located & { readonly result?: NoticeResult };

export type NoticeMeasure = {
  readonly text: string;
  readonly line: number;
  /** Index of the sub-finding that it answers, where they are told one by one. */
  readonly answers?: number;
  readonly result?: NoticeResult;
  readonly dates: readonly NoticeDate[];
  readonly amounts: readonly NoticeAmount[];
  readonly counts: readonly NoticeCount[];
  /** Rule documents made or changed by it. */
  readonly policies: readonly string[];
};

export type NoticeDate = {
  /** `2023-07-28`, `2023-07`, `2023-Q4`, `2023-H1`, `2023` by precision. */
  readonly value: string;
  readonly precision: 'day' | 'month' | 'quarter' | 'half' | 'year';
  readonly text: string;
  readonly line: number;
  readonly assumed?: 'year' | 'day' | 'damaged';
};

/** What an amount means: to be recovered, recovered, still owed, written off, a loss averted. */
export type AmountKind = '应追缴' | '已追缴' | '未追缴' | '核减' | '挽回损失';

export type NoticeAmount = {
  /** Decimal text in 元, two places at least. */
  readonly yuan: string;
  readonly text: string;
  readonly kind: AmountKind | undefined;
  readonly line: number;
  /** Which money it is, where the words right before it say so. */
  readonly of?: string;
  /** 合计85.42万元 behind its parts: it says nothing that they do not say. */
  readonly sumsUp?: true;
};

export type NoticeCount = {
  readonly n: number;
  /** 人, 人次, 项, 次, 个 … */
  readonly noun: string;
  /** What is counted. */
  readonly of: string;
  readonly line: number;
};

export type NoticeClaim = {
  /** c1, c2 … in reading order. */
  readonly id: string;
  /** 反馈问题总数, 整改到位数, 完成率, 追缴资金 … or the words of a part. */
  readonly of: string;
  /** Decimal text in `unit`, as stated. */
  readonly value: string;
  readonly unit: string;
  /** 口径: 已追缴, 应追缴, 问题, 具体问题, 提醒谈话 … */
  readonly kind: string | undefined;
  /** The total it is a part of. A subset that need not add up (含立行立改2项) has none. */
  readonly parent: string | undefined;
  /** The total that it is only included in: it cannot be greater. */
  readonly includedIn: string | undefined;
  readonly line: number;
  readonly text: string;
};

export type NoticePolicy = {
  readonly name: string;
  readonly kind: '新建' | '修订';
  readonly line: number;
  /** Printed number of the finding under which it is named. */
  readonly finding: number | undefined;
};

export type NoticeMeeting = {
  readonly type: string;
  readonly date: NoticeDate | undefined;
  readonly line: number;
  readonly text: string;
};
