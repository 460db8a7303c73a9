"""How the report of scores looks: light and dark, narrow and wide, and on paper."""

STYLE = """
:root {
  color-scheme: light dark;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --page: #f5f6f8; --card: #ffffff; --text: #1b2230; --muted: #5c6778; --edge: #e2e6ec;
  --line0: #2f6fde; --line1: #d9622b; --line2: #1f9d6b; --line3: #8a4fd3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161d; --card: #1b212b; --text: #e7ebf1; --muted: #9aa6b6; --edge: #2b3340;
    --line0: #6ea3ff; --line1: #ff9a63; --line2: #4fcf9c; --line3: #bb8dff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 var(--font); }
main { max-width: 1180px; margin: 0 auto; padding: 28px 16px 48px; }
h1 { margin: 0; font-size: 26px; letter-spacing: -0.01em; }
h2 { margin: 0 0 8px; font-size: 15px; font-weight: 600; }
.when { margin: 2px 0 20px; color: var(--muted); }
.pictures { display: grid; gap: 16px; margin-bottom: 16px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); }
figure, .card { margin: 0 0 16px; padding: 16px; background: var(--card);
  border: 1px solid var(--edge); border-radius: 12px; }
figure { margin: 0; }
figcaption ul { display: flex; flex-wrap: wrap; gap: 0 14px; margin: 0 0 8px; padding: 0;
  list-style: none; color: var(--muted); font-size: 13px; }
figcaption i { display: inline-block; width: 12px; height: 12px; border-radius: 2px;
  margin-right: 6px; vertical-align: -1px; }
.line0 { background: var(--line0); } .line1 { background: var(--line1); }
.line2 { background: var(--line2); } .line3 { background: var(--line3); }
.wide { overflow-x: auto; }
svg.picture { display: block; width: 100%; min-width: 440px; height: auto; font: 13px var(--font); }
svg.picture text { fill: var(--muted); }
svg.picture .strong { fill: var(--text); }
svg.picture line { stroke: var(--edge); stroke-width: 1; }
table { border-collapse: collapse; width: 100%; margin-bottom: 8px;
  font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; white-space: nowrap; font-weight: 400; }
th:first-child { text-align: left; padding-left: 0; font-weight: 500; }
thead th { color: var(--muted); font-size: 13px; border-bottom: 1px solid var(--edge); }
tbody tr + tr > * { border-top: 1px solid var(--edge); }
tfoot > tr > * { border-top: 1px solid var(--muted); font-weight: 600; }
.note { margin: 6px 0 0; color: var(--muted); font-size: 13px; }
.card ul { margin: 0; padding-left: 20px; overflow-wrap: anywhere; }
@media print {
  @page { margin: 14mm; }
  :root { --page: #fff; --card: #fff; --text: #000; --muted: #444; --edge: #ccc;
    --line0: #2f6fde; --line1: #d9622b; --line2: #1f9d6b; --line3: #8a4fd3; }
  body { font-size: 12px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { padding: 0; }
  figure, .card { break-inside: avoid; }
  svg.picture { min-width: 0; }
}
"""
