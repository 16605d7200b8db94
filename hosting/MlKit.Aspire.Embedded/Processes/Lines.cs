using System.Text;

namespace MlKit.Aspire.Embedded.Processes;

/// <summary>Reads a child's stream line by line.</summary>
internal static class Lines
{
    /// <summary>Hands over each line until the stream ends or breaks.</summary>
    public static async Task PumpAsync(Stream stream, Action<string> take)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), false, 4096, leaveOpen: true);
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                take(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The child was killed, or the host is ending: there is nothing more to read.
        }
    }
}
