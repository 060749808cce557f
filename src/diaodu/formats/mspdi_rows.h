#pragma once

#include <string_view>

#include "diaodu/formats/mspdi_cell.h"

namespace diaodu::formats {

// Each puts what an element says where it belongs; elements of other names say nothing to us.
void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiDocument& document);
void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiField& field);
void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiAttribute& attribute);
void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiTask& task);
void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiLink& link);
void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiBaseline& baseline);
void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiResource& resource);
void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiAvailability& availability);
void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiAssignment& assignment);

}  // namespace diaodu::formats
