using Microsoft.ML.OnnxRuntime;
using MlKit.Inference;

namespace MlKit.Scorer.Onnx;

/// <summary>Tells a caller's mistake from a failure of the server, by the code in ONNX Runtime's message.</summary>
internal static class OnnxErrors
{
    /// <summary>Codes with which ONNX Runtime answers inputs that a model cannot compute.</summary>
    private static readonly string[] CallersMistakes =
        ["[ErrorCode:InvalidArgument]", "[ErrorCode:RuntimeException]", "[ErrorCode:Fail]", "[ErrorCode:NotImplemented]"];

    /// <summary>How the library says that it has no name for the elements of an input or output, such as floating numbers of 8 bits.</summary>
    private const string UnknownElements = "Unregistered TensorElementType";

    /// <summary>Why a file does not load.</summary>
    public static string ReasonOf(Exception error) => error.Message.Contains(UnknownElements, StringComparison.Ordinal)
        ? $"an input or output has elements of a type which the protocol cannot carry: {error.Message.Trim()}"
        : error.Message.Trim();

    public static InferenceException Translate(OnnxRuntimeException error) => Array.Exists(CallersMistakes, error.Message.Contains)
        ? new InferenceException(InferenceErrorKind.InvalidArgument, $"the model refused the inputs: {error.Message}", error)
        : new InferenceException(InferenceErrorKind.Internal, $"the model failed: {error.Message}", error);
}
