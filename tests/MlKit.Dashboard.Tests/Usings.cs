global using MlKit.Tests;
