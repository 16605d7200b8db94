using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlKit.ServiceDefaults;

/// <summary>Writes a health report as JSON with the reason of each check, so that a person sees what is wrong.</summary>
internal static class HealthReportWriter
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", report.Status.ToString());
        writer.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
        {
            WriteCheck(writer, name, entry);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted);
    }

    private static void WriteCheck(Utf8JsonWriter writer, string name, HealthReportEntry entry)
    {
        writer.WriteStartObject(name);
        writer.WriteString("status", entry.Status.ToString());
        if (entry.Description is { Length: > 0 } reason)
        {
            writer.WriteString("description", reason);
        }

        writer.WriteStartObject("data");
        foreach (var (key, value) in entry.Data)
        {
            writer.WriteString(key, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
