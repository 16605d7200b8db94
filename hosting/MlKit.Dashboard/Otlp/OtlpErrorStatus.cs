using Google.Protobuf;

namespace MlKit.Dashboard.Otlp;

/// <summary>The <c>google.rpc.Status</c> message with which OTLP over HTTP reports errors.</summary>
internal static class OtlpErrorStatus
{
    private const int MessageField = 2;

    /// <summary>The bytes of a status with this message.</summary>
    public static byte[] Encode(string message)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            output.WriteTag(MessageField, WireFormat.WireType.LengthDelimited);
            output.WriteString(message);
        }

        return buffer.ToArray();
    }
}
