namespace WideAppHost;

/// <summary>Programs that are no .NET projects: servers, jobs, tools.</summary>
internal static class Programs
{
    public static void Add(IDistributedApplicationBuilder builder, Values values, Services services)
    {
        var job = builder.AddExecutable("job", "/bin/sh", ".", "-c", "echo job done")
            .WithEnvironment("TOKEN", values.Token)
            .WaitForStart(services.Echo);
        builder.AddExecutable("worker", "/bin/sh", ".", "-c", "echo working; exec sleep 1000")
            .WithWorkingDirectory("..")
            .WithEnvironment("GENERATED", values.Generated)
            .WithReference(services.Echo.GetEndpoint("http"))
            .WithReference(values.Composed, optional: true)
            .WithOtlpExporter()
            .WaitForCompletion(job);
        builder.AddExecutable("python-app", "python3", ".", "-m", "http.server")
            .WithHttpEndpoint(env: "PORT")
            .WithExplicitStart()
            .WithRequiredCommand("python3", "https://python.example/install")
            .WithParentRelationship(services.Single)
            .WithCommand("greet", "Greet", _ => Task.FromResult(CommandResults.Success("greeted", "hello", CommandResultFormat.Text)), new CommandOptions
            {
                Description = "Says hello",
                ConfirmationMessage = "Really?",
                IconName = "Hand",
                UpdateState = _ => ResourceCommandState.Enabled,
            });
        if (builder.Configuration["Stubborn"] is { Length: > 0 } ready)
        {
            builder.AddExecutable("stubborn", "/bin/sh", ".", "-c", $"trap '' TERM; echo > '{ready}'; while :; do sleep 1; done");
        }

        builder.AddExecutable("tool", "/bin/sh", ".", "-c", "exec sleep 1000").WithExplicitStart().WithHidden().ExcludeFromManifest();
    }
}
