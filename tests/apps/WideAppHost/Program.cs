using WideAppHost;

// The wide vocabulary of Aspire's hosting API in ordinary AppHost code. It runs on the embedded host in tests and compiles
// from the same source against the official packages. `--Containers true` adds what needs a container engine.
var builder = DistributedApplication.CreateBuilder(args);

var values = Values.Add(builder);
var services = Services.Add(builder, values);
Programs.Add(builder, values, services);
if (builder.ExecutionContext.IsPublishMode || builder.Configuration["Containers"] == "true")
{
    ContainerParts.Add(builder, values, services);
}

Life.Add(builder, services);

builder.Build().Run();
