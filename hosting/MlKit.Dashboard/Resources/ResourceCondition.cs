namespace MlKit.Dashboard.Resources;

/// <summary>A resource's state and health in one word and one colour.</summary>
/// <param name="Text">What to show.</param>
/// <param name="Style">success, error, warning, info or neutral.</param>
public readonly record struct ResourceCondition(string Text, string Style)
{
    /// <summary>The condition of a resource.</summary>
    public static ResourceCondition Of(ResourceSnapshot resource) => new(TextOf(resource), StyleOf(resource));

    private static string TextOf(ResourceSnapshot resource) => resource.State switch
    {
        "" => "Unknown",
        "Running" when resource.Health is "Unhealthy" or "Degraded" => $"Running ({resource.Health})",
        "FailedToStart" => "Failed to start",
        "RuntimeUnhealthy" => "Runtime unhealthy",
        "NotStarted" => "Not started",
        "Exited" or "Finished" when resource.ExitCode is { } code and not 0 => $"{resource.State} ({code})",
        _ => resource.State,
    };

    private static string StyleOf(ResourceSnapshot resource)
    {
        if (resource is { State: "Running", Health: "Unhealthy" or "Degraded" })
        {
            return "warning";
        }

        if (resource.StateStyle is "success" or "error" or "warning" or "info")
        {
            return resource.StateStyle;
        }

        return resource.State switch
        {
            "Running" or "Active" => "success",
            "FailedToStart" or "RuntimeUnhealthy" => "error",
            "Exited" or "Finished" => resource.ExitCode is null or 0 ? "neutral" : "error",
            "Starting" or "Waiting" or "Building" or "Stopping" => "info",
            "Value missing" or "ValueMissing" => "warning",
            _ => "neutral",
        };
    }
}
