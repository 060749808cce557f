#!/usr/bin/env python3
"""Writes a large export of Primavera (XER) with the fields that P6 writes: 100,000 activities make 50 MB.

    tools/make_xer.py 100000 > big.xer
"""

import sys

FIELDS = ("task_id proj_id wbs_id clndr_id phys_complete_pct rev_fdbk_flag est_wt lock_plan_flag auto_compute_act_flag "
          "complete_pct_type task_type duration_type status_code task_code task_name rsrc_id total_float_hr_cnt "
          "free_float_hr_cnt remain_drtn_hr_cnt act_work_qty remain_work_qty target_work_qty target_drtn_hr_cnt "
          "target_equip_qty act_equip_qty remain_equip_qty cstr_date act_start_date act_end_date late_start_date "
          "late_end_date expect_end_date early_start_date early_end_date restart_date reend_date target_start_date "
          "target_end_date rem_late_start_date rem_late_end_date cstr_type priority_type suspend_date resume_date "
          "float_path float_path_order guid tmpl_guid cstr_date2 cstr_type2 driving_path_flag act_this_per_work_qty "
          "act_this_per_equip_qty external_early_start_date external_late_end_date create_date update_date "
          "create_user update_user location_id").split()
CHAIN = 50  # every so many activities a chain of links begins anew
WORK = "".join(f"(0||{day}()(" + ("" if day in (1, 7) else
               "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())") + "))" for day in range(1, 8))
CALENDAR = f"(0||CalendarData()((0||DaysOfWeek()({WORK}))(0||Exceptions()())))"


def activity(number):
    date = "2024-03-04 08:00"
    end = "2024-03-04 17:00"
    return {"task_id": number, "proj_id": 1, "wbs_id": 1, "clndr_id": 1, "phys_complete_pct": 0, "rev_fdbk_flag": "N",
            "est_wt": 1, "lock_plan_flag": "N", "auto_compute_act_flag": "Y", "complete_pct_type": "CP_Drtn",
            "task_type": "TT_Task", "duration_type": "DT_FixedDUR2", "status_code": "TK_NotStart",
            "task_code": f"A{number}", "task_name": f"Activity number {number}", "total_float_hr_cnt": 0,
            "free_float_hr_cnt": 0, "remain_drtn_hr_cnt": 8, "act_work_qty": 0, "remain_work_qty": 0,
            "target_work_qty": 0, "target_drtn_hr_cnt": 8, "target_equip_qty": 0, "act_equip_qty": 0,
            "remain_equip_qty": 0, "late_start_date": date, "late_end_date": end, "early_start_date": date,
            "early_end_date": end, "restart_date": date, "reend_date": end, "target_start_date": date,
            "target_end_date": end, "rem_late_start_date": date, "rem_late_end_date": end,
            "priority_type": "PT_Normal", "guid": f"AAAAAAAAAAAAAAAAAA{number:06}", "driving_path_flag": "N",
            "act_this_per_work_qty": 0, "act_this_per_equip_qty": 0, "create_date": date, "update_date": date,
            "create_user": "admin", "update_user": "admin"}


def main():
    num_tasks = int(sys.argv[1])
    out = []
    write = out.append

    def table(name, fields, rows):
        write(f"%T\t{name}\r\n%F\t" + "\t".join(fields) + "\r\n")
        for row in rows:
            write("%R\t" + "\t".join(str(row.get(field, "")) for field in fields) + "\r\n")
            if len(out) > 10000:
                sys.stdout.write("".join(out))
                out.clear()

    sys.stdout.reconfigure(newline="")
    write("ERMHDR\t20.12\t2024-03-04\tProject\tadmin\tadmin\tdbx\tProject Management\tUSD\r\n")
    table("PROJECT", ["proj_id", "proj_short_name", "plan_start_date", "last_recalc_date", "clndr_id"],
          [{"proj_id": 1, "proj_short_name": "BIG", "plan_start_date": "2024-03-04 08:00",
            "last_recalc_date": "2024-03-04 08:00", "clndr_id": 1}])
    table("CALENDAR", ["clndr_id", "default_flag", "clndr_name", "proj_id", "base_clndr_id", "last_chng_date",
                       "clndr_type", "day_hr_cnt", "week_hr_cnt", "month_hr_cnt", "year_hr_cnt", "rsrc_private",
                       "clndr_data"],
          [{"clndr_id": 1, "default_flag": "Y", "clndr_name": "Five days", "clndr_type": "CA_Base", "day_hr_cnt": 8,
            "week_hr_cnt": 40, "month_hr_cnt": 172, "year_hr_cnt": 2000, "rsrc_private": "N",
            "clndr_data": CALENDAR}])
    table("PROJWBS", ["wbs_id", "proj_id", "obs_id", "seq_num", "proj_node_flag", "wbs_short_name", "wbs_name",
                      "parent_wbs_id"],
          [{"wbs_id": 1, "proj_id": 1, "seq_num": 1, "proj_node_flag": "Y", "wbs_short_name": "BIG",
            "wbs_name": "Big"}])
    table("TASK", FIELDS, (activity(number) for number in range(1, num_tasks + 1)))
    table("TASKPRED", ["task_pred_id", "task_id", "pred_task_id", "proj_id", "pred_proj_id", "pred_type", "lag_hr_cnt",
                       "comments", "float_path", "aref", "arls"],
          ({"task_pred_id": number, "task_id": number, "pred_task_id": number - 1, "proj_id": 1, "pred_proj_id": 1,
            "pred_type": "PR_FS", "lag_hr_cnt": 0, "aref": "2024-03-04 08:00", "arls": "2024-03-04 08:00"}
           for number in range(1, num_tasks + 1) if number % CHAIN != 1))
    write("%E\r\n")
    sys.stdout.write("".join(out))


if __name__ == "__main__":
    main()
