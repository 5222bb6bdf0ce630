// See bridge.h for what is promised. Built by `npm run build:armnn` on the machine itself: the C++ library's name and layout
// differ from one Debian release to the next. Tried with Arm NN 20.08 (Debian 11 and 12) and 23.08 (Debian 13).
#include "bridge.h"

// The logger's singletons live in Arm NN's headers; with hidden visibility this library would get a copy of its own of each.
#pragma GCC visibility push(default)
#include <armnn/ArmNN.hpp>
#include <armnn/Logging.hpp>
#include <armnn/Version.hpp>
#include <armnnTfLiteParser/ITfLiteParser.hpp>
#pragma GCC visibility pop

#include <dlfcn.h>
#include <link.h>
#include <malloc.h>

#include <cctype>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#define EXPORTED extern "C" __attribute__((visibility("default")))
// What came between 22 (20.08) and 33 (23.08); the exact releases in between were not tried.
#define HAS_MODEL_OPTIONS (ARMNN_MAJOR_VERSION >= 24)
#define WANTS_CONSTANT_INPUT (ARMNN_MAJOR_VERSION >= 26)
#define HAS_OPAQUE_OPTIONS (ARMNN_MAJOR_VERSION >= 33)

static_assert(sizeof(bridge_tensor) == 40 && offsetof(bridge_tensor, bytes) == 24, "bridge_tensor is read by its offsets");

namespace {

struct Network {
    armnn::NetworkId id = -1;
    armnn::LayerBindingId input = 0, output = 0;
    armnn::TensorInfo inputInfo, outputInfo;
    std::vector<uint8_t> in, out;
    std::string placement;
};

// Warnings and errors of the library: kept for the next bridge_trouble, and written where the unit's supervisor reads. Arm NN
// itself writes them to standard output.
thread_local std::string logged;

struct Sink : armnn::LogSink {
    void Consume(const std::string &line) override {
        logged += (logged.empty() ? "" : "; ") + line;
        if (logged.size() > 1000) logged.erase(0, logged.size() - 1000);
        std::fprintf(stderr, "Arm NN: %s\n", line.c_str());
    }
};

template <armnn::LogSeverity Severity> void sendTo(const std::shared_ptr<armnn::LogSink> &sink) {
    auto &logger = armnn::SimpleLogger<Severity>::Get();
    logger.RemoveAllSinks();
    if (sink) logger.AddSink(sink);
}

void takeLogOver() {
    static const bool once = [] {
        const auto sink = std::make_shared<Sink>();
        sendTo<armnn::LogSeverity::Fatal>(sink);
        sendTo<armnn::LogSeverity::Error>(sink);
        sendTo<armnn::LogSeverity::Warning>(sink);
        sendTo<armnn::LogSeverity::Info>(nullptr);
        sendTo<armnn::LogSeverity::Debug>(nullptr);
        sendTo<armnn::LogSeverity::Trace>(nullptr);
        return true;
    }();
    (void)once;
}

// Arm Compute Library's pool of threads, in the copy that the backend has loaded. Its headers are in another package, and only
// Scheduler::get() is the pool in use: CPPScheduler::get() is a second one that nobody works with.
struct Pool {
    int (*kind)() = nullptr;
    void *(*pool)() = nullptr;
    void (*resize)(void *, unsigned) = nullptr;
    unsigned (*size)(const void *) = nullptr;
    bool found() const { return kind && pool && resize && size && kind() == 1; } // 1: a CPPScheduler, whose members these are
};

template <class F> void take(F &function, void *library, const char *symbol) {
    function = reinterpret_cast<F>(dlsym(library, symbol));
}

int lookForPool(dl_phdr_info *info, size_t, void *found) {
    const char *name = info->dlpi_name ? std::strrchr(info->dlpi_name, '/') : nullptr;
    if (!name || std::strncmp(name, "/libarm_compute.so", 18) != 0) return 0;
    void *library = dlopen(info->dlpi_name, RTLD_LAZY | RTLD_NOLOAD);
    if (!library) return 0;
    auto &pool = *static_cast<Pool *>(found);
    take(pool.kind, library, "_ZN11arm_compute9Scheduler8get_typeEv");
    take(pool.pool, library, "_ZN11arm_compute9Scheduler3getEv");
    take(pool.resize, library, "_ZN11arm_compute12CPPScheduler15set_num_threadsEj");
    take(pool.size, library, "_ZNK11arm_compute12CPPScheduler11num_threadsEv");
    dlclose(library);
    return 1;
}

Pool poolOfThreads() {
    Pool pool;
    dl_iterate_phdr(lookForPool, &pool);
    return pool;
}

std::string listOf(const armnn::BackendIdSet &backends) {
    std::string list;
    for (const auto &backend : backends) list += (list.empty() ? "" : ", ") + backend.Get();
    return list.empty() ? "none" : list;
}

// Counted in the optimised network's own drawing, where every layer names its backend.
std::string placementOf(const armnn::IOptimizedNetwork &network) {
    std::stringstream drawn;
    if (network.SerializeToDot(drawn) != armnn::Status::Success) return "";
    const std::string text = drawn.str(), key = "BackendID : ";
    std::map<std::string, int> layers;
    for (size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
        size_t end = at + key.size();
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) end++;
        layers[text.substr(at + key.size(), end - at - key.size())]++;
    }
    std::string list;
    for (const auto &layer : layers) list += (list.empty() ? "" : ", ") + layer.first + "=" + std::to_string(layer.second);
    return list;
}

int32_t typeOf(armnn::DataType type) {
    if (type == armnn::DataType::Float32) return BRIDGE_FLOAT32;
    if (type == armnn::DataType::QAsymmU8) return BRIDGE_UINT8;
    if (type == armnn::DataType::QAsymmS8 || type == armnn::DataType::QSymmS8) return BRIDGE_INT8;
    return BRIDGE_OTHER;
}

double nowMs() {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

std::string noBridge;

} // namespace

struct bridge {
    armnn::IRuntimePtr runtime{nullptr, [](armnn::IRuntime *) {}};
    std::vector<armnn::BackendId> backends;
    int32_t threads = 0;
    std::map<int32_t, Network> networks;
    int32_t next = 0;
    std::string trouble, text;

    Network &network(int32_t number) {
        const auto found = networks.find(number);
        if (found == networks.end()) throw std::runtime_error("there is no network " + std::to_string(number));
        return found->second;
    }
};

namespace {

// Whatever is thrown becomes -1 and a sentence, with what the library logged on the way.
template <class Work> int32_t kept(bridge *b, Work work) {
    if (!b) return -1;
    logged.clear();
    try {
        return work();
    } catch (const std::exception &error) {
        b->trouble = error.what();
    } catch (...) {
        b->trouble = "it threw something that is no error";
    }
    if (!logged.empty()) b->trouble += " (" + logged + ")";
    return -1;
}

armnn::IOptimizedNetworkPtr optimised(const bridge &b, const armnn::INetwork &network) {
#if HAS_OPAQUE_OPTIONS
    armnn::OptimizerOptionsOpaque options;
#else
    armnn::OptimizerOptions options;
#endif
#if HAS_MODEL_OPTIONS
    if (b.threads > 0) {
        // Unsigned: a plain int is taken without a word, and has no effect.
        const armnn::BackendOptions pool("CpuAcc", {{"NumberOfThreads", static_cast<unsigned int>(b.threads)}});
  #if HAS_OPAQUE_OPTIONS
        options.AddModelOption(pool);
  #else
        options.m_ModelOptions.push_back(pool);
  #endif
    }
#endif
    std::vector<std::string> said;
    auto result = armnn::Optimize(network, b.backends, b.runtime->GetDeviceSpec(), options,
                                  armnn::Optional<std::vector<std::string> &>(said));
    if (!result) {
        std::string why = "a layer is not supported by " + b.backends.front().Get();
        for (const auto &line : said) why += "; " + line;
        throw std::runtime_error(why);
    }
    return result;
}

// The file's bytes and the parser are let go of early: a network is otherwise held four times over.
Network loaded(bridge &b, const void *bytes, uint64_t length) {
    // The parser believes a file before it has looked at it.
    if (length < 16 || std::memcmp(static_cast<const char *>(bytes) + 4, "TFL3", 4) != 0)
        throw std::runtime_error("this is not a TensorFlow Lite model");
    armnn::INetworkPtr parsed{nullptr, [](armnn::INetwork *) {}};
    Network network;
    {
        const auto parser = armnnTfLiteParser::ITfLiteParser::Create();
        const auto *from = static_cast<const uint8_t *>(bytes);
        parsed = parser->CreateNetworkFromBinary(std::vector<uint8_t>(from, from + length));
        if (!parsed) throw std::runtime_error("the parser made nothing of it");
        const auto inputs = parser->GetSubgraphInputTensorNames(0), outputs = parser->GetSubgraphOutputTensorNames(0);
        if (inputs.size() != 1 || outputs.size() != 1) throw std::runtime_error("the model has not one input and one output");
        network.input = parser->GetNetworkInputBindingInfo(0, inputs[0]).first;
        network.output = parser->GetNetworkOutputBindingInfo(0, outputs[0]).first;
    }
    auto optimisedNetwork = optimised(b, *parsed);
    parsed.reset();
    network.placement = placementOf(*optimisedNetwork);
    std::string why;
    if (b.runtime->LoadNetwork(network.id, std::move(optimisedNetwork), why) != armnn::Status::Success)
        throw std::runtime_error(why.empty() ? "the network could not be loaded" : why);
    network.inputInfo = b.runtime->GetInputTensorInfo(network.id, network.input);
    network.outputInfo = b.runtime->GetOutputTensorInfo(network.id, network.output);
    network.in.resize(network.inputInfo.GetNumBytes());
    network.out.resize(network.outputInfo.GetNumBytes());
#if WANTS_CONSTANT_INPUT
    network.inputInfo.SetConstant(true);
#endif
    malloc_trim(0);
    return network;
}

void exact(const char *what, uint64_t given, size_t wanted) {
    if (given == wanted) return;
    throw std::runtime_error(std::string("the ") + what + " has " + std::to_string(wanted) + " bytes, not " + std::to_string(given));
}

} // namespace

EXPORTED uint32_t bridge_abi(void) { return BRIDGE_ABI; }
EXPORTED const char *bridge_version(void) { return ARMNN_VERSION; }
EXPORTED const char *bridge_trouble(bridge *b) { return b ? b->trouble.c_str() : noBridge.c_str(); }

EXPORTED bridge *bridge_open(const char *backend, const char *folder, int32_t threads) {
    try {
        takeLogOver();
        std::unique_ptr<bridge> b(new bridge);
        armnn::IRuntime::CreationOptions options;
        if (folder && *folder) options.m_DynamicBackendsPath = folder;
        b->runtime = armnn::IRuntime::Create(options);
        b->threads = threads;
#if !HAS_MODEL_OPTIONS
        // Before the first network is loaded: kernels size their work space by the threads of that moment, and a pool that
        // grows later makes them write beyond it.
        const Pool pool = poolOfThreads();
        if (threads > 0 && pool.found()) pool.resize(pool.pool(), static_cast<unsigned>(threads));
#endif
        const auto &there = b->runtime->GetDeviceSpec().GetSupportedBackends();
        const armnn::BackendId wanted(backend ? backend : "");
        if (!there.count(wanted))
            throw std::runtime_error("Arm NN has no backend " + wanted.Get() + " here; it has: " + listOf(there));
        b->backends.push_back(wanted);
        return b.release();
    } catch (const std::exception &error) {
        noBridge = error.what();
    } catch (...) {
        noBridge = "it threw something that is no error";
    }
    return nullptr;
}

EXPORTED int32_t bridge_threads(void) {
    const Pool pool = poolOfThreads();
    return pool.found() ? static_cast<int32_t>(pool.size(pool.pool())) : -1;
}

EXPORTED int32_t bridge_load(bridge *b, const void *bytes, uint64_t length) {
    return kept(b, [&] {
        b->networks.emplace(b->next, loaded(*b, bytes, length));
        return b->next++;
    });
}

EXPORTED int32_t bridge_unload(bridge *b, int32_t number) {
    return kept(b, [&] {
        const auto status = b->runtime->UnloadNetwork(b->network(number).id);
        b->networks.erase(number);
        malloc_trim(0);
        if (status != armnn::Status::Success) throw std::runtime_error("the network could not be unloaded");
        return 0;
    });
}

EXPORTED const char *bridge_placement(bridge *b, int32_t number) {
    const int32_t status = kept(b, [&] {
        b->text = b->network(number).placement;
        return 0;
    });
    return status == 0 ? b->text.c_str() : "";
}

EXPORTED int32_t bridge_describe(bridge *b, int32_t number, int32_t output, bridge_tensor *tensor) {
    return kept(b, [&] {
        const Network &network = b->network(number);
        const armnn::TensorInfo &info = output ? network.outputInfo : network.inputInfo;
        std::memset(tensor, 0, sizeof *tensor);
        tensor->type = typeOf(info.GetDataType());
        tensor->rank = info.GetNumDimensions();
        for (uint32_t d = 0; d < tensor->rank && d < 4; d++) tensor->sizes[d] = info.GetShape()[d];
        tensor->bytes = info.GetNumBytes();
        if (info.IsQuantized()) {
            tensor->scale = info.GetQuantizationScale();
            tensor->zero = info.GetQuantizationOffset();
        }
        return 0;
    });
}

EXPORTED int32_t bridge_run(bridge *b, int32_t number, const void *in, uint64_t inBytes, void *out, uint64_t outBytes,
                            double *times) {
    return kept(b, [&] {
        Network &network = b->network(number);
        exact("input", inBytes, network.in.size());
        exact("output", outBytes, network.out.size());
        std::memcpy(network.in.data(), in, network.in.size());
        const armnn::InputTensors inputs{{network.input, armnn::ConstTensor(network.inputInfo, network.in.data())}};
        const armnn::OutputTensors outputs{{network.output, armnn::Tensor(network.outputInfo, network.out.data())}};
        times[0] = nowMs();
        const auto status = b->runtime->EnqueueWorkload(network.id, inputs, outputs);
        times[1] = nowMs();
        if (status != armnn::Status::Success) throw std::runtime_error("the inference failed");
        std::memcpy(out, network.out.data(), network.out.size());
        return 0;
    });
}
