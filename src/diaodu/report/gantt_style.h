#pragma once

#include <string_view>

namespace diaodu::report {

/// How a Gantt chart looks: system faces with Chinese ones among them, and the colours of the page
/// (`web/src/base.css`): one accent for what is critical or wrong.  `c` critical, `d` done, `v`
/// driving, `w` waiting, `x` missed.
inline constexpr std::string_view kGanttStyle =
    "text{font-family:'Inter','Helvetica Neue',Helvetica,Arial,'PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC','Source Han Sans SC',sans-serif;fill:#1b1f24;font-size:12.5px}"
    ".title{font-size:22px;font-weight:650;letter-spacing:-.2px}"
    ".head{font-size:13.5px;fill:#4c5560}.good{fill:#0b6f78}.bad{fill:#b23c17}"
    ".small{font-size:10.5px;fill:#69727d}.major{font-size:11.5px;font-weight:600;fill:#39424c}"
    ".minor{font-size:10.5px;fill:#69727d}.sum{font-weight:600}.crit{fill:#b23c17}"
    ".num{font-variant-numeric:tabular-nums}"
    ".rule{stroke:#e9e7e2;stroke-width:1}.grid{stroke:#dedcd6;stroke-width:1}"
    ".rest{fill:#f1f0ec}.band{fill:#f6f5f2}"
    ".bar{fill:#8ea3ba}.bar.c{fill:#b23c17}.bar.d{fill:#b9c0c6}.part{fill:#1b1f24;opacity:.28}"
    ".sumbar{fill:#39424c}.mile{fill:#39424c}.mile.c{fill:#b23c17}.mile.d{fill:#8b949c}"
    ".float{stroke:#a3adb8;stroke-width:1.5}"
    ".link{fill:none;stroke:#c3c7cb;stroke-width:1}.link.v{stroke:#69727d}"
    ".link.w{stroke-dasharray:3 2.5}"
    ".link.c{stroke:#b23c17;stroke-width:1.4}"
    ".tip{fill:#c3c7cb}.tip.v{fill:#69727d}.tip.c{fill:#b23c17}"
    ".halo{fill:none;stroke:#fff;stroke-width:5}"
    ".dead{fill:none;stroke:#0b6f78;stroke-width:1.6}.dead.x{stroke:#b23c17}"
    ".now{stroke:#0b6f78;stroke-width:1.4;stroke-dasharray:4 3}"
    ".nowtext{fill:#0b6f78;font-size:10.5px;font-weight:600}";

}  // namespace diaodu::report
