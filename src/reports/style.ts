/**
 * The page's style sheet. Colours are variables, so that charts and tables change together between light and dark; paper
 * is always light. Pairs of text and ground have a contrast of 4.5 : 1 at least.
 */
export const style = `
:root {
  color-scheme: light;
  --page: #f4f5f7; --card: #ffffff; --ink: #1b1f24; --soft: #5a626d; --line: #d5d9df; --link: #0b57b0; --mark: #fff3c4;
  --done: #1a7a48; --mostly: #1f6f82; --long: #5a57b8; --going: #9a5200; --not: #b3261e; --blank: #676d77; --out: #7a6a58;
  --error: #b3261e; --warning: #8a4b00; --info: #4f5965; --on-fill: #ffffff;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #14171c; --card: #1d2127; --ink: #e8eaee; --soft: #a9b1bc; --line: #3a414b; --link: #8ab8ff; --mark: #4a3f10;
    --done: #66cc98; --mostly: #74c3d6; --long: #b5b3ff; --going: #f6b26b; --not: #ff9d94; --blank: #aab1bb; --out: #cdb79d;
    --error: #ff9d94; --warning: #f6b26b; --info: #b3bbc6; --on-fill: #101318;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 3.5rem; }
body {
  margin: 0; background: var(--page); color: var(--ink); line-height: 1.6; font-size: 16px;
  font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.75rem; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
p { margin: .4rem 0; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
nav { position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 1px solid var(--line); margin-top: .75rem; }
nav ul { display: flex; gap: .25rem 1.1rem; flex-wrap: wrap; list-style: none; max-width: 1120px; margin: 0 auto; padding: .6rem 1.25rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; margin: 1rem 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(165px, 1fr)); gap: .75rem; margin: 0; }
.cards > div { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; }
.cards dt { color: var(--soft); font-size: .875rem; }
.cards dd { margin: 0; font-size: 1.4rem; font-weight: 600; line-height: 1.3; }
.cards dd.figure { white-space: nowrap; }
.cards dd.long { font-size: 1.2rem; }
.cards dd.longer { font-size: 1rem; }
.cards dd.note { font-size: .8125rem; font-weight: 400; color: var(--soft); }
.good { color: var(--done); } .bad { color: var(--error); } .warn { color: var(--warning); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 1.5rem; align-items: start; }
.pair.stacked { grid-template-columns: minmax(0, 1fr); gap: .75rem; }
.pair > * { min-width: 0; }
.trend { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 1rem; }
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; margin-bottom: .4rem; }
.chart svg { display: block; width: 100%; height: auto; }
.chart .wide { max-width: 560px; }
.chart .narrow { display: none; }
.chart + .keys { margin-top: .3rem; }
.keys { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; margin: 0 0 .5rem; padding: 0; font-size: .875rem; }
.keys i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; vertical-align: -.05em; }
.f-done { background: var(--done); } .f-mostly { background: var(--mostly); } .f-long { background: var(--long); }
.f-going { background: var(--going); } .f-not { background: var(--not); } .f-blank { background: var(--blank); } .f-out { background: var(--out); }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; }
tbody th:first-child { min-width: 3rem; }
tbody th { font-weight: 400; white-space: normal; }
.n { text-align: right; white-space: nowrap; overflow-wrap: normal; }
td.keep { white-space: nowrap; }
.tag { display: inline-block; border-radius: 999px; padding: 0 .6em; font-size: .8125rem; background: var(--blank); color: var(--on-fill); white-space: nowrap; }
.tag.t-done { background: var(--done); } .tag.t-mostly { background: var(--mostly); } .tag.t-long { background: var(--long); }
.tag.t-going { background: var(--going); } .tag.t-not { background: var(--not); } .tag.t-out { background: var(--out); }
.tag.t-error { background: var(--error); } .tag.t-warning { background: var(--warning); } .tag.t-info { background: var(--info); }
details { border-top: 1px solid var(--line); padding: .5rem 0; }
summary { cursor: pointer; padding: .15rem 0; }
details ul, details ol, ol.first { margin: .4rem 0; padding-left: 1.4rem; }
li { margin: .35rem 0; }
.fix { border-left: 3px solid var(--link); padding-left: .7rem; }
.search { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin-bottom: .75rem; }
.search[hidden] { display: none; }
.search label { display: grid; gap: .15rem; font-size: .875rem; color: var(--soft); }
.search input, .search select { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: 6px; padding: .4rem .6rem; min-height: 2.5rem; }
.search input { width: min(26rem, 78vw); }
tr[hidden] { display: none; }
footer { padding-bottom: 2.5rem; }
@media (max-width: 700px) {
  header, main, footer { padding-left: .75rem; padding-right: .75rem; }
  nav { position: static; }
  nav ul { padding: .5rem .75rem; }
  h1 { font-size: 1.3rem; }
  section { padding: .9rem .85rem; }
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .cards > div { padding: .55rem .65rem; }
  .cards dd { font-size: 1.2rem; }
  .cards dd.long { font-size: 1rem; }
  .cards dd.longer { font-size: .8rem; }
  .chart .wide { display: none; }
  .chart .narrow { display: block; }
  table, tbody, caption { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0; }
  tbody th, tbody td { display: flex; justify-content: space-between; gap: 1rem; border: 0; padding: .12rem 0; text-align: right; }
  tbody th { text-align: left; font-weight: 600; }
  tbody th::before { content: none; }
  tbody td::before { content: attr(data-label); color: var(--soft); text-align: left; flex: 0 0 auto; }
  tbody td.empty { display: none; }
}
@page { size: A4; margin: 15mm 13mm; }
@media print {
  body { background: #fff; font-size: 10.5pt; }
  header, main, footer { max-width: none; padding: 0; }
  section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: .6rem 0; margin: .4rem 0; }
  nav, .search, .skip { display: none; }
  h2, h3, figcaption, summary { break-after: avoid; }
  .cards { grid-template-columns: repeat(5, 1fr); gap: .4rem; }
  .cards > div, figure, tr, li { break-inside: avoid; }
  .cards dd { font-size: 13pt; }
  .cards dd.long { font-size: 10pt; }
  .cards dd.longer { font-size: 8pt; }
  thead { display: table-header-group; break-after: avoid; }
  caption { break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  table { font-size: 9pt; }
  .tag, .keys i, .chart svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .pair { grid-template-columns: 1fr; gap: .5rem; }
  .trend { grid-template-columns: repeat(3, 1fr); }
}
`;
