using Google.Protobuf.WellKnownTypes;
using MlKit.Dashboard.ResourceService;

namespace MlKit.Dashboard.Tests.Running;

/// <summary>Resources and console lines as the embedded host would send them.</summary>
internal static class Sample
{
    public const string Secret = "do-not-show-4711";
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);

    public static Resource[] Resources() =>
    [
        Running("redis", "Executable", "tcp://localhost:6379"),
        Running("mlflow", "Executable", "http://localhost:5000"),
        Running("feast", "Executable", "http://localhost:6566", "redis"),
        Finished("training", "mlflow", "feast"),
        Unhealthy("scorer", "http://localhost:8000", "mlflow"),
        Waiting("recommendations", "feast", "scorer"),
        Missing("api-key"),
        new Resource { Id = "aspire-dashboard", Name = "aspire-dashboard", Type = "Executable", State = "Running", IsHidden = true },
    ];

    public static Resource Running(string name, string type, string url, params string[] references)
    {
        var resource = Named(name, type, "Running", references);
        resource.Health = "Healthy";
        resource.StartedAt = Timestamp.FromDateTimeOffset(Start);
        resource.Urls.Add(new ResourceUrl { Name = "http", Url = url });
        resource.HealthReports.Add(new HealthReport { Name = $"{name}_http_/health_200_check", Status = "Healthy", Description = "200 OK" });
        resource.Commands.Add(Command("stop", "Stop"));
        resource.Commands.Add(Command("restart", "Restart"));
        return resource;
    }

    public static Resource Stopped(string name)
    {
        var resource = Named(name, "Executable", "Exited");
        resource.ExitCode = 0;
        resource.StoppedAt = Timestamp.FromDateTimeOffset(Start.AddMinutes(5));
        resource.Commands.Add(Command("start", "Start"));
        return resource;
    }

    public static Resource Missing(string name)
    {
        var resource = new Resource { Id = name, Name = name, Type = "Parameter", State = "Value missing", StateStyle = "warning" };
        var set = new Command { Name = "parameter-set", DisplayName = "Set value", State = "Enabled", IsHighlighted = true };
        set.Inputs.Add(new CommandInput { Name = "value", Type = "SecretText", Label = name, Description = "Of the mail service", Required = true });
        resource.Commands.Add(set);
        return resource;
    }

    public static Resource Given(string name)
    {
        var resource = new Resource { Id = name, Name = name, Type = "Parameter", State = "Running" };
        resource.Properties.Add(new Property { Name = "Value", IsSecret = true });
        return resource;
    }

    public static LogLine[] Lines(string id, int count, int from = 1) =>
    [
        .. Enumerable.Range(from, count).Select(i => new LogLine
        {
            ResourceId = id,
            Number = i,
            Content = (i % 10) switch
            {
                3 => $"\u001b[33mwarn\u001b[39m: Cache of {id} is cold ({i})",
                7 => $"\u001b[41m\u001b[30mfail\u001b[39m\u001b[22m\u001b[49m: Request {i} timed out after 5000 ms",
                _ => $"\u001b[32minfo\u001b[39m\u001b[22m\u001b[49m: {id} handled request {i} in {i % 37} ms",
            },
            IsError = i % 10 == 7,
            At = Timestamp.FromDateTimeOffset(Start.AddMilliseconds(i * 137)),
        }),
    ];

    private static Resource Finished(string name, params string[] references)
    {
        var resource = Named(name, "Project", "Finished", references);
        resource.ExitCode = 0;
        resource.StartedAt = Timestamp.FromDateTimeOffset(Start.AddSeconds(4));
        resource.StoppedAt = Timestamp.FromDateTimeOffset(Start.AddSeconds(33));
        resource.Commands.Add(Command("start", "Train again"));
        return resource;
    }

    private static Resource Unhealthy(string name, string url, params string[] references)
    {
        var resource = Running(name, "Project", url, references);
        resource.Health = "Unhealthy";
        resource.HealthReports[0].Status = "Unhealthy";
        resource.HealthReports[0].Description = "no champion model yet";
        resource.Properties.Add(new Property { Name = "mlkit.model.recommender-ranker", Value = "7" });
        resource.Properties.Add(new Property { Name = "mlkit.gpu", Value = "none seen: running on the CPU" });
        resource.Commands.Add(new Command { Name = "reload", DisplayName = "Reload models", ConfirmationMessage = "Load all models anew?", State = "Enabled" });
        var export = new Command { Name = "export", DisplayName = "Export model", State = "Enabled" };
        export.Inputs.Add(new CommandInput { Name = "opset", Type = "Number", Label = "Opset", Value = "17", Required = true });
        export.Inputs.Add(new CommandInput
        {
            Name = "target",
            Type = "Choice",
            Label = "Target",
            Required = true,
            Value = "cpu",
            Choices = { new CommandChoice { Value = "cpu", Label = "CPU" }, new CommandChoice { Value = "gpu", Label = "GPU" } },
        });
        resource.Commands.Add(export);
        return resource;
    }

    private static Resource Waiting(string name, params string[] references)
    {
        var resource = Named(name, "Project", "Waiting", references);
        resource.Urls.Add(new ResourceUrl { Name = "http", Url = "http://localhost:8080", IsInactive = true });
        resource.Commands.Add(Command("start", "Start"));
        return resource;
    }

    private static Resource Named(string name, string type, string state, params string[] references)
    {
        var resource = new Resource { Id = $"{name}-abcdefgh", Name = name, Type = type, State = state, CreatedAt = Timestamp.FromDateTimeOffset(Start) };
        resource.Environment.Add(new EnvironmentVariable { Name = "OTEL_SERVICE_NAME", Value = name });
        if (references.Contains("mlflow"))
        {
            resource.Environment.Add(new EnvironmentVariable { Name = "services__mlflow__http__0", Value = "http://localhost:5000" });
        }

        resource.Environment.Add(new EnvironmentVariable { Name = "MLKIT__STATE__PATH", Value = $"/home/user/shop/.mlkit/{name}" });
        resource.Environment.Add(new EnvironmentVariable { Name = "ConnectionStrings__redis", Value = Secret, IsSecret = true });
        resource.Properties.Add(new Property { Name = "project.path", Value = $"/home/user/shop/services/{name}/{name}.csproj" });
        resource.Relationships.Add(references.Select(reference => new Relationship { ResourceName = reference, Type = "Reference" }));
        resource.Relationships.Add(references.Select(reference => new Relationship { ResourceName = reference, Type = "WaitFor" }));
        return resource;
    }

    private static Command Command(string name, string display) => new() { Name = name, DisplayName = display, IsHighlighted = true, State = "Enabled" };
}
