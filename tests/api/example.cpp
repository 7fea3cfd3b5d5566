// Tennessee chooses its capital: the same from a ballot file, in C++.
#include <stimmwerk/tally.h>

#include <cstdint>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string_view>

template <auto free> struct Freeing {
    template <typename Object> void operator()(Object *object) const
    {
        free(object);
    }
};

using File = std::unique_ptr<tally_file, Freeing<tally_file_free>>;
using Rule = std::unique_ptr<tally_rule, Freeing<tally_rule_free>>;
using Result = std::unique_ptr<tally_result, Freeing<tally_result_free>>;

// Turns "status, and an object through a pointer" into an object, or an exception.
template <typename Owner, typename Make> Owner made(Make make)
{
    typename Owner::pointer object = nullptr;
    if (tally_status status = make(&object); status != TALLY_OK) {
        throw std::runtime_error(tally_status_code(status));
    }
    return Owner(object);
}

int main()
try {
    constexpr std::string_view text = "42:Memphis>Nashville>Chattanooga>Knoxville\n"
                                      "26:Nashville>Chattanooga>Knoxville>Memphis\n"
                                      "15:Chattanooga>Knoxville>Nashville>Memphis\n"
                                      "17:Knoxville>Chattanooga>Nashville>Memphis\n";
    tally_fault fault{};
    auto file = made<File>([&](tally_file **ret) {
        return tally_file_read(text.data(), text.size(), nullptr, ret, &fault);
    });
    auto rule = made<Rule>([](tally_rule **ret) {
        return tally_rule_new(tally_method_find("ranked-pairs-wv"), 1, ret);
    });
    auto result = made<Result>([&](tally_result **ret) {
        return tally_count(tally_file_profile(file.get()), rule.get(), ret);
    });
    const std::uint16_t *winners = nullptr;
    if (tally_result_winners(result.get(), &winners) > 0) {
        const tally_text name = tally_file_name(file.get(), winners[0]);
        std::cout << std::string_view(name.data, name.bytes) << " ("
                  << tally_state_code(tally_result_state(result.get())) << "), "
                  << tally_result_ballots(result.get()) << " ballots\n";
    }

} catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
}
