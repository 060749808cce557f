#pragma once

#include <string_view>

namespace diaodu::report {

/// How a Gantt chart looks: system faces with Chinese ones among them, one warm colour for what is
/// critical and cool greys for the rest.  `c` critical, `d` done, `v` driving, `w` waiting, `x`
/// missed.
inline constexpr std::string_view kGanttStyle =
    "text{font-family:'Inter','Helvetica Neue',Helvetica,Arial,'PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC','Source Han Sans SC',sans-serif;fill:#1f2a37;font-size:12.5px}"
    ".title{font-size:22px;font-weight:650;letter-spacing:-.2px}"
    ".head{font-size:13.5px;fill:#51606f}.good{fill:#2c7a4b}.bad{fill:#b3261e}"
    ".small{font-size:10.5px;fill:#6b7785}.major{font-size:11.5px;font-weight:600;fill:#3a4754}"
    ".minor{font-size:10.5px;fill:#7b8794}.sum{font-weight:600}.crit{fill:#c2410c}"
    ".num{font-variant-numeric:tabular-nums}"
    ".rule{stroke:#eceff2;stroke-width:1}.grid{stroke:#e1e5ea;stroke-width:1}"
    ".rest{fill:#f3f5f7}.band{fill:#f8f9fb}"
    ".bar{fill:#86a5cc}.bar.c{fill:#dd6b3d}.bar.d{fill:#a7b7ad}.part{fill:#1f2a37;opacity:.28}"
    ".sumbar{fill:#3a4754}.mile{fill:#3a4754}.mile.c{fill:#c2410c}.mile.d{fill:#7f9488}"
    ".float{stroke:#b4c3d6;stroke-width:1.5}"
    ".link{fill:none;stroke:#c3ccd6;stroke-width:1}.link.v{stroke:#7d8b9a}"
    ".link.w{stroke-dasharray:3 2.5}"
    ".link.c{stroke:#d4632f;stroke-width:1.4}"
    ".tip{fill:#c3ccd6}.tip.v{fill:#7d8b9a}.tip.c{fill:#d4632f}"
    ".halo{fill:none;stroke:#fff;stroke-width:5}"
    ".dead{fill:none;stroke:#2c7a4b;stroke-width:1.6}.dead.x{stroke:#b3261e}"
    ".now{stroke:#0f8389;stroke-width:1.4;stroke-dasharray:4 3}"
    ".nowtext{fill:#0f8389;font-size:10.5px;font-weight:600}";

}  // namespace diaodu::report
