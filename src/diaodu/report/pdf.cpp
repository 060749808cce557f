#include "diaodu/report/pdf.h"

#include <cairo/cairo-pdf.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "diaodu/report/gantt_rows.h"
#include "diaodu/report/gantt_svg.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

/// A sheet across, in points (1/72 inch), and the picture that is laid on it, in pixels.
struct Sheet {
  double width;
  double height;
  int picture_width;

  double scale() const { return width / picture_width; }
  int picture_height() const { return static_cast<int>(height / scale()); }
};
constexpr Sheet kA4{842, 595, 1280};
constexpr Sheet kA3{1191, 842, 1810};  // of the same scale

struct Free {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
};
template <class Thing>
using Owned = std::unique_ptr<Thing, Free>;

cairo_status_t append(void* pdf, const unsigned char* bytes, unsigned int size) noexcept {
  try {
    static_cast<std::string*>(pdf)->append(bytes, bytes + size);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
}

void judge(cairo_status_t status) {
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
}

void draw(cairo_t* context, const std::string& svg, const Sheet& sheet) {
  GError* error = nullptr;
  const auto* bytes = reinterpret_cast<const guint8*>(svg.data());  // NOLINT: the library's type
  const Owned<RsvgHandle> handle(rsvg_handle_new_from_data(bytes, svg.size(), &error));
  const RsvgRectangle whole{0, 0, sheet.width, sheet.height};
  const bool is_drawn =
      handle != nullptr && rsvg_handle_render_document(handle.get(), context, &whole, &error) != 0;
  if (is_drawn) return;
  const std::string message = error != nullptr ? error->message : "cannot draw";
  g_clear_error(&error);
  throw std::runtime_error(message);
}

/// Says who made it, and nothing of today.
void describe(cairo_surface_t* surface, const Plan& plan, Language language) {
  const std::string title(title_of(plan, language));
  const std::string date = to_string(plan.zone.to_local(plan.start).date()) + "T00:00:00Z";
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "diaodu");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
}

std::size_t num_pages(std::size_t num_rows, const Sheet& sheet) {
  const std::size_t room = gantt_rows_in(sheet.picture_height());
  return std::max<std::size_t>(1, (num_rows + room - 1) / room);
}

std::vector<GanttPage> pages_of(std::size_t num_rows, const Sheet& sheet) {
  const std::size_t room = gantt_rows_in(sheet.picture_height());
  const std::size_t size = num_pages(num_rows, sheet);
  std::vector<GanttPage> pages;
  for (std::size_t i = 0; i < size; ++i) {
    pages.push_back({.first_row = i * room,
                     .num_rows = room,
                     .number = static_cast<int>(i) + 1,
                     .of = static_cast<int>(size),
                     .height = sheet.picture_height()});
  }
  return pages;
}

}  // namespace

std::string gantt_pdf(const Plan& plan, const solve::Answer& answer, Language language) {
  const std::size_t num_rows = gantt_rows(plan, answer, 0).rows.size();
  const Sheet& sheet = num_pages(num_rows, kA4) <= kMostSmallPages ? kA4 : kA3;
  const std::vector<GanttPage> pages = pages_of(num_rows, sheet);
  std::string pdf;
  {
    const Owned<cairo_surface_t> surface(
        cairo_pdf_surface_create_for_stream(append, &pdf, sheet.width, sheet.height));
    judge(cairo_surface_status(surface.get()));
    describe(surface.get(), plan, language);
    const Owned<cairo_t> context(cairo_create(surface.get()));
    gantt_pages(plan, answer, {.language = language, .width = sheet.picture_width}, pages,
                [&](const std::string& svg) {
                  draw(context.get(), svg, sheet);
                  cairo_show_page(context.get());
                });
    judge(cairo_status(context.get()));
    cairo_surface_finish(surface.get());
    judge(cairo_surface_status(surface.get()));
  }
  return pdf;
}

}  // namespace diaodu::report
